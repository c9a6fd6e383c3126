import sharp from "sharp";
import { expect, it } from "vitest";
import { readLexicon, readModelFolder, readScorerLabels } from "#inference/models/model-folder.ts";
import { meaningOf, readDirections } from "./meanings.ts";
import { openScorer } from "./scorer.ts";

const dir = "models/aria";
const directions = readDirections(`${dir}/scorer/model.onnx`, await readScorerLabels(dir));
const lexicon = (await readLexicon(dir))!;

it("reads a direction of unit length for each label, and none for a flaw", () => {
  expect(directions.size).toBe(22 + 18 + 19 + 5);
  for (const direction of directions.values()) expect(Math.hypot(...direction)).toBeCloseTo(1, 5);
  expect([...directions.keys()].some((key) => key.startsWith("quality:"))).toBe(false);
});

it("hears a scene, a manner, colours and a time in words, and nothing in what it never learnt", () => {
  const meaning = meaningOf("stormy sea at night, watercolor", lexicon, directions);
  expect(meaning?.heard).toContain("watercolor");
  expect(meaning?.heard.length).toBeGreaterThan(2);
  expect(meaningOf("xyzzy", lexicon, directions)).toBeNull();
});

it("ranks pictures as the scorer's own head does", async () => {
  const sheet = sharp("docs/prompts.jpg");
  const { width, height } = await sheet.metadata();
  const side = Math.floor(Math.min(width, height) / 8);
  const pictures = await Promise.all(
    [0, 1, 2, 3].flatMap((y) =>
      [0, 1, 2, 3].map((x) =>
        sheet
          .clone()
          .extract({ left: x * side, top: y * side, width: side, height: side })
          .png()
          .toBuffer(),
      ),
    ),
  );
  const scorer = await openScorer(await readModelFolder(dir), 1);
  const seen = await scorer.look(pictures);
  await scorer.release();
  for (const label of ["ocean", "mountains", "forest"]) {
    const way = directions.get(`scene:${label}`)!;
    const score = (embedding: Float32Array) =>
      embedding.reduce((sum, value, k) => sum + way[k]! * Math.max(value, 0), 0);
    const best = seen.toSorted((a, b) => score(b.embedding) - score(a.embedding))[0]!;
    const most = Math.max(...seen.map(({ sight }) => sight.scene![label]!));
    expect(best.sight.scene![label]).toBeGreaterThan(0.9 * most);
  }
});

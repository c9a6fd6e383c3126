import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import sharp from "sharp";
import { afterAll, expect, it } from "vitest";
import { readModelFolder } from "#inference/models/model-folder.ts";
import { makeTinySafetyChecker } from "#tests/tiny-models/make-tiny-safety-checker.ts";
import { openSafetyChecker } from "./safety-checker.ts";
import { openScorer } from "./scorer.ts";

const dir = mkdtempSync(path.join(tmpdir(), "aria-safety-"));
const file = path.join(dir, "model.onnx");
makeTinySafetyChecker(file);
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const plain = (background: string, widthPx = 96, heightPx = 64) =>
  sharp({ create: { width: widthPx, height: heightPx, channels: 3, background } });

it("says of each picture whether it is flagged, all in one run", async () => {
  const checker = await openSafetyChecker(file, 1);
  const rgb = async (background: string) => ({
    rgb: await plain(background).raw().toBuffer(),
    widthPx: 96,
    heightPx: 64,
  });
  expect(await checker.flags([await rgb("white"), await rgb("black"), await rgb("#eee")])).toEqual([true, false, true]);
  await checker.release();
});

it("is asked by the scorer where it is installed, and nothing is said where it is not", async () => {
  const folder = await readModelFolder("tests/golden/pipelines/sd15");
  const pictures = [await plain("white").png().toBuffer(), await plain("black").png().toBuffer()];
  const flagsOf = async (safety: string) => {
    const scorer = await openScorer(folder, 1, { aesthetic: "", safety });
    const judged = await scorer.judge("a lake", pictures);
    await scorer.release();
    return judged.map(({ flagged }) => flagged);
  };
  expect(await flagsOf(file)).toEqual([true, false]);
  expect(await flagsOf(path.join(dir, "none.onnx"))).toEqual([null, null]);
});

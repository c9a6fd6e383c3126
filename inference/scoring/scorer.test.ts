import sharp from "sharp";
import { expect, it } from "vitest";
import { CRITERIA } from "#contracts/terms.ts";
import { readModelFolder } from "#inference/models/model-folder.ts";
import type { Tensor } from "#inference/tensor.ts";
import { agreementOf } from "./critics/agreement.ts";
import { soundnessOf } from "./critics/soundness.ts";
import { fromAfar, lookAt, openScorer } from "./scorer.ts";
import type { Seen, Sight } from "./sight.ts";

const sight: Sight = {
  scene: { lake: 0.75, tree: 0.25 },
  style: { oil: 0.5, ink: 0.5 },
  quality: { blur: 0.25, noise: 0.125 },
};
const theme = { scene: null, style: null, palette: null, time: null, extras: [], unheard: [] };

it("agrees as much as what was said is seen, and not at all with what was not said", () => {
  expect(agreementOf({ ...theme, scene: "lake" }, sight)).toBe(0.75);
  expect(agreementOf({ ...theme, scene: "tree", style: "ink" }, sight)).toBe(0.375);
  expect(agreementOf(theme, sight)).toBeNull();
});

it("leaves out what the scorer has no label for", () => {
  expect(agreementOf({ ...theme, scene: "lake", time: "dawn" }, sight)).toBe(0.75);
  expect(agreementOf({ ...theme, scene: "kitchen" }, sight)).toBeNull();
});

it("is as sound as its worst flaw allows", () => {
  expect(soundnessOf(sight)).toBe(0.75);
  expect(soundnessOf({})).toBe(1);
});

const red = (widthPx: number, heightPx: number) => ({
  rgb: new Uint8Array(widthPx * heightPx * 3).map((_, k) => (k % 3 === 0 ? 255 : 0)),
  widthPx,
  heightPx,
});

it("looks at the whole picture, whatever its shape, in steps of 16 px", async () => {
  const { data, dims } = await fromAfar(red(96, 64));
  expect(dims).toEqual([1, 3, 256, 384]);
  expect([data[0], data[256 * 384], data.at(-1)]).toEqual([1, -1, -1]);
});

const seenFrom = (from: string): Seen => ({
  sight: { scene: { [from]: 1 }, style: { [from]: 1 }, quality: { [from]: 1 } },
  embedding: Float32Array.of(from.length),
});

it("looks at manner and flaws of large pictures from near, at small ones once, and at all of a size in one run", async () => {
  const runs: (readonly number[])[] = [];
  const look = async ({ dims }: Tensor) => {
    runs.push(dims);
    return Array.from({ length: dims[0]! }, () => seenFrom(dims[2] === 256 ? "afar" : "near"));
  };
  const [large, small, other] = await lookAt([red(1024, 600), red(432, 256), red(1024, 600)], look);
  expect(large).toEqual({
    sight: { scene: { afar: 1 }, style: { near: 1 }, quality: { near: 1 } },
    embedding: Float32Array.of(4),
  });
  expect(other).toEqual(large);
  expect(small).toEqual(seenFrom("afar"));
  expect(runs).toEqual([
    [3, 3, 256, 432],
    [2, 3, 512, 512],
  ]);
});

it("sees in several what it sees in each, with the built-in scorer", async () => {
  const scorer = await openScorer(await readModelFolder("models/aria"), 1);
  const pictures = await Promise.all([1, 2, 3].map(noise));
  const together = await scorer.look(pictures);
  const alone = (await Promise.all(pictures.map((picture) => scorer.look([picture])))).flat();
  for (const [i, { sight, embedding }] of together.entries()) {
    expect(Math.hypot(...embedding)).toBeCloseTo(1, 4);
    expect(Math.max(...embedding.map((value, k) => Math.abs(value - alone[i]!.embedding[k]!)))).toBeLessThan(1e-4);
    for (const [kind, shares] of Object.entries(sight))
      for (const [label, share] of Object.entries(shares))
        expect(Math.abs(share - alone[i]!.sight[kind]![label]!)).toBeLessThan(1e-4);
  }
  const judged = await scorer.judge("a lake at dawn", pictures);
  const one = (await Promise.all(pictures.map((picture) => scorer.judge("a lake at dawn", [picture])))).flat();
  for (const [i, { scores, hash }] of judged.entries()) {
    expect(scores).toMatchObject({ agreement: expect.any(Number), soundness: expect.any(Number), aesthetic: null });
    for (const name of CRITERIA) expect(Math.abs((scores[name] ?? 0) - (one[i]!.scores[name] ?? 0))).toBeLessThan(1e-4);
    expect(hash).toBe(one[i]!.hash);
  }
  await scorer.release();
});

it("says what can be measured of a picture where there is no scorer, and refuses to look", async () => {
  const scorer = await openScorer(await readModelFolder("tests/golden/pipelines/sd15"), 1);
  const [judged] = await scorer.judge("a lake", [await noise(1)]);
  expect(judged?.embedding).toBeNull();
  expect(judged?.scores).toMatchObject({ agreement: null, soundness: null, sharpness: expect.any(Number) });
  await expect(scorer.look([await noise(1)])).rejects.toMatchObject({ code: "INVALID", facts: { field: "modelId" } });
  await scorer.release();
});

/** A PNG of blots, another for each seed. */
const noise = (seed: number): Promise<Buffer> => {
  const rgb = Uint8Array.from({ length: 12 * 12 * 3 }, (_, i) => 128 + 127 * Math.sin(i * i + seed * 7));
  return sharp(rgb, { raw: { width: 12, height: 12, channels: 3 } })
    .resize(320, 320)
    .png()
    .toBuffer();
};

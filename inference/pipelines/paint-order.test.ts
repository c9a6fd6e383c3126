import { createHash } from "node:crypto";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, expect, it } from "vitest";
import { PaintOrder } from "#contracts/generation.ts";
import { readModelFolder } from "#inference/models/model-folder.ts";
import { smallOrder } from "#tests/small-order.ts";
import { type Fault, makeTinyModel } from "#tests/tiny-models/make-tiny-model.ts";
import { type Glimpse, paintOrder } from "./paint-order.ts";
import { openPipeline, type Pipeline } from "./pipeline.ts";

const dir = mkdtempSync(path.join(tmpdir(), "aria-tiny-"));
afterAll(() => rmSync(dir, { recursive: true }));

const open = async (id: string, fault?: Fault) =>
  openPipeline(await readModelFolder(makeTinyModel(path.join(dir, id), fault)), { threads: 1, onProgress: () => {} });
let tiny: Pipeline;
beforeAll(async () => {
  tiny = await open("tiny");
});

const order = (part: Partial<PaintOrder> = {}): PaintOrder =>
  PaintOrder.parse(smallOrder({ modelId: "tiny", prompt: "a lighthouse in a storm", ...part }));

const pixelsOf = async (png: Uint8Array) =>
  createHash("sha256")
    .update(await sharp(png).raw().toBuffer())
    .digest("hex");

async function paint(pipeline: Pipeline, part: Partial<PaintOrder> = {}, isCancelled = (_seen: Glimpse[]) => false) {
  const glimpses: Glimpse[] = [];
  const watcher = { onGlimpse: (g: Glimpse) => glimpses.push(g), isCancelled: async () => isCancelled(glimpses) };
  const painted = await paintOrder(pipeline, order(part), watcher);
  const pixels = await Promise.all(painted.candidates.map(({ png }) => pixelsOf(png)));
  return { painted, glimpses, pixels };
}

it.each(["ddim", "euler", "dpmpp-2m", "lcm"] as const)(
  "paints the same pixels for the same seed with %s",
  async (sampler) => {
    const [first, again, other] = [
      await paint(tiny, { sampler }),
      await paint(tiny, { sampler }),
      await paint(tiny, { sampler, seeds: [8] }),
    ];
    expect(again.pixels).toEqual(first.pixels);
    expect(other.pixels).not.toEqual(first.pixels);
  },
);

it("paints a candidate of several as it would alone, sketch included", async () => {
  const several = await paint(tiny, { seeds: [5, 6, 7], underpainting: 0.75 });
  const alone = await paint(tiny, { seeds: [6], underpainting: 0.75 });
  expect(several.pixels[1]).toEqual(alone.pixels[0]);
  expect(new Set(several.pixels).size).toBe(3);
});

it("decodes small and soon where the model has a tiny decoder", async () => {
  const at = makeTinyModel(path.join(dir, "with-tiny-decoder"));
  cpSync(path.join(at, "vae_decoder"), path.join(at, "tiny_decoder"), { recursive: true });
  const pipeline = await openPipeline(await readModelFolder(at), { threads: 1, onProgress: () => {} });
  const decoded = await pipeline.decodeTiny?.({ data: new Float32Array(4 * 8 * 8), dims: [1, 4, 8, 8] });
  expect(decoded?.dims).toEqual([1, 3, 64, 64]);
  expect(tiny.decodeTiny).toBeNull();
  await pipeline.release();
});

it("gives a PNG of the size asked for", async () => {
  const { painted } = await paint(tiny, { widthPx: 128, heightPx: 64 });
  const { width, height, format } = await sharp(painted.candidates[0]!.png).metadata();
  expect({ width, height, format }).toEqual({ width: 128, height: 64, format: "png" });
});

it("lets the prompt tell, and the negative prompt where guidance asks for it", async () => {
  const [plain, negated] = [await paint(tiny), await paint(tiny, { negativePrompt: "zzz" })];
  expect((await paint(tiny, { prompt: "fog" })).pixels).not.toEqual(plain.pixels);
  expect(negated.pixels).not.toEqual(plain.pixels);
  const unguided = await paint(tiny, { guidance: 1 });
  expect((await paint(tiny, { guidance: 1, negativePrompt: "zzz" })).pixels).toEqual(unguided.pixels);
});

it("leads away from what the model falls back to, unless something else was asked for, or that very thing", async () => {
  const { folder } = tiny;
  const falling = { ...tiny, folder: { ...folder, aria: { ...folder.aria, defaultNegativePrompt: "fog" } } };
  const pixelsIn = async (pipeline: Pipeline, part: Partial<PaintOrder> = {}) => (await paint(pipeline, part)).pixels;
  expect(await pixelsIn(falling)).toEqual(await pixelsIn(tiny, { negativePrompt: "fog" }));
  expect(await pixelsIn(falling)).not.toEqual(await pixelsIn(tiny));
  const other = { negativePrompt: "zzz" };
  expect(await pixelsIn(falling, other)).toEqual(await pixelsIn(tiny, other));
  const thatVeryThing = { prompt: "a fog over a lake" };
  expect(await pixelsIn(falling, thatVeryThing)).toEqual(await pixelsIn(tiny, thatVeryThing));
});

it.each([
  { guidanceStop: 1, runs: 8 },
  { guidanceStop: 0.5, runs: 6 },
  { guidanceStop: 0, runs: 4 },
])("asks the U-Net $runs times in 4 steps where $guidanceStop of them are guided", async ({ guidanceStop, runs }) => {
  let asked = 0;
  const predict: Pipeline["predict"] = (...feeds) => {
    asked++;
    return tiny.predict(...feeds);
  };
  const { pixels } = await paint({ ...tiny, predict }, { guidanceStop });
  expect(asked).toBe(runs);
  const same = async (part: Partial<PaintOrder>) => (await paint(tiny, part)).pixels[0] === pixels[0];
  expect([await same({}), await same({ guidance: 1 })]).toEqual([guidanceStop === 1, guidanceStop === 0]);
});

it("reports every step, the sketch first, and a time left that is never negative", async () => {
  const { glimpses } = await paint(tiny, { seeds: [1, 2], underpainting: 0.75 });
  expect(glimpses.map(({ progress }) => [progress.candidate, progress.step])).toEqual([
    [0, 0],
    [0, 1],
    [0, 2],
    [0, 3],
    [1, 0],
    [1, 1],
    [1, 2],
    [1, 3],
  ]);
  expect(glimpses[0]!.sketch?.dims).toEqual([1, 3, 64, 64]);
  expect(glimpses.every(({ progress }) => (progress.remainingMs ?? 0) >= 0)).toBe(true);
});

it("lays as much noise over the sketch as the model was taught with", async () => {
  const withNoise = (noise: number) => {
    const aria = { ...tiny.folder.aria, underpainting: { defaultStrength: 0.5, noise } };
    return paint({ ...tiny, folder: { ...tiny.folder, aria } }, { underpainting: 0.5, seeds: [7, 8] });
  };
  const [none, full, plain] = [
    await withNoise(0),
    await withNoise(1),
    await paint(tiny, { underpainting: 0.5, seeds: [7, 8] }),
  ];
  expect(full.pixels).toEqual(plain.pixels);
  expect(none.pixels).not.toEqual(full.pixels);
});

it("paints over a person's own sketch in place of hers, cut to the shape, and refuses what is no picture", async () => {
  const flat = (background: string) =>
    sharp({ create: { width: 90, height: 60, channels: 3, background } })
      .png()
      .toBuffer();
  const over = async (png: Buffer) =>
    paint(tiny, { underpainting: 0.5, widthPx: 128, sketchPngBase64: png.toString("base64") });
  const [red, blue, hers] = [
    await over(await flat("#f00")),
    await over(await flat("#00f")),
    await paint(tiny, { underpainting: 0.5, widthPx: 128 }),
  ];
  const { data, dims } = red.glimpses[0]!.sketch!;
  expect(dims).toEqual([1, 3, 64, 128]);
  expect([data[0], data[64 * 128], data.at(-1)]).toEqual([1, -1, -1]);
  expect(new Set([red, blue, hers].map(({ pixels }) => pixels[0])).size).toBe(3);
  const field = "sketchPngBase64";
  await expect(over(Buffer.from("no picture"))).rejects.toMatchObject({ code: "INVALID", facts: { field } });
  const unused = paint(tiny, { sketchPngBase64: (await flat("#f00")).toString("base64") });
  await expect(unused).rejects.toMatchObject({ code: "INVALID", facts: { field: "underpainting" } });
});

it("refuses to sketch with a model that has nothing to sketch with, rather than record what was not painted", async () => {
  const bare = { ...tiny, canSketch: false };
  const refused = paint(bare, { underpainting: 0.6 });
  await expect(refused).rejects.toMatchObject({ code: "INVALID", facts: { field: "underpainting" } });
});

it("stops within one step of being told to", async () => {
  let asked = 0;
  const stopAfterTwo = paint(tiny, { steps: 50 }, (seen) => {
    asked = seen.length;
    return seen.length === 2;
  });
  await expect(stopAfterTwo).rejects.toMatchObject({ code: "CANCELLED" });
  expect(asked).toBe(2);
});

it.each([
  ["nan", "nan_latents"],
  ["blank", "blank_picture"],
] as const)("refuses what a %s model paints, after other seeds were tried", async (fault, reason) => {
  const pipeline = await open(fault, fault);
  let steps = 0;
  const painting = paint(pipeline, {}, () => {
    steps++;
    return false;
  });
  await expect(painting).rejects.toMatchObject({ code: "GENERATION_FAILED", facts: { modelId: fault, reason } });
  expect(steps).toBe(3 * 4);
});

it.each(["truncated", "missing"] as const)("names the model whose U-Net file is %s", async (fault) => {
  const facts = { modelId: fault, reason: "model_unreadable" };
  await expect(open(fault, fault)).rejects.toMatchObject({ code: "GENERATION_FAILED", facts });
});

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, it } from "vitest";
import { TorchGenerator } from "#inference/rng.ts";
import { multipliesBytes } from "#inference/runtime/cpu.ts";
import { foldConstants, Session } from "#inference/runtime/session.ts";
import { OnnxGraph } from "./onnx-graph.ts";
import { exposeRanges, int8Of, quantize, type Ranges, uint8Of, widen } from "./quantize.ts";

const UNET = "tests/golden/pipelines/sd15/unet/model.onnx";
const OPTIONS = { threads: 1, spin: false };
const dir = mkdtempSync(path.join(tmpdir(), "aria-int8-test-"));
afterAll(() => rmSync(dir, { recursive: true }));

/** compute_scale_zp of onnxruntime.quantization 1.31.1, uint8, asymmetric. */
it.each([
  [-1.5, 2.5, 96, 0.01568627543747425],
  [0.2, 3.7, 0, 0.014509804546833038],
  [-4.1, -0.3, 255, 0.01607843115925789],
  [-0.2785, 11.37, 6, 0.045680392533540726],
])("%d to %d has the reference's zero point and scale", (least, largest, zeroPoint, scale) => {
  expect(uint8Of([least, largest]).zeroPoint).toBe(zeroPoint);
  expect(uint8Of([least, largest]).scale).toBeCloseTo(scale, 8);
});

/** quantize_data of the same, int8, symmetric, a row at a time. */
it("weights have the reference's bytes and scales, along either axis", () => {
  const rows = Float32Array.of(2.041, -2.556, 0.418, -0.568, -0.453, -0.216);
  const columns = Float32Array.of(2.041, -0.568, -2.556, -0.453, 0.418, -0.216);
  const scales = [0.0201259832829237, 0.004472441039979458];
  expect([...int8Of(rows, [2, 3], 0).bytes]).toEqual([101, -127, 21, -127, -101, -48]);
  expect([...int8Of(columns, [3, 2], 1).bytes]).toEqual([101, -127, -127, -101, 21, -48]);
  for (const found of [int8Of(rows, [2, 3], 0).scales, int8Of(columns, [3, 2], 1).scales])
    for (const i of [0, 1]) expect(found[i]).toBeCloseTo(scales[i]!, 8);
});

it("a scale is no smaller than its bias can be counted in", () => {
  const { bytes, scales } = int8Of(Float32Array.of(1e-8, 1), [2, 1], 0, Float32Array.of(0.5, 0.001));
  expect([...bytes]).toEqual([0, 127]);
  expect([scales[0], scales[1]]).toEqual([0.5, Math.fround(1 / 127)]);
});

it("nothing to tell apart is nothing to divide by", () => {
  expect(uint8Of([0, 0])).toEqual({ scale: 1, zeroPoint: 0 });
  expect([...int8Of(new Float32Array(2), [2, 1], 0).scales]).toEqual([1, 1]);
});

function feeds(seed: number) {
  const noise = new TorchGenerator(seed);
  return {
    sample: noise.randn([1, 4, 16, 16]),
    timestep: { data: [500], dims: [1] },
    encoder_hidden_states: noise.randn([1, 77, 32]),
  };
}

async function rangesOf(seeds: readonly number[]): Promise<Ranges> {
  const [folded, exposed] = [path.join(dir, "folded.onnx"), path.join(dir, "exposed.onnx")];
  await foldConstants(UNET, folded, OPTIONS);
  const graph = OnnxGraph.read(folded);
  exposeRanges(graph);
  graph.write(exposed);
  const session = await Session.open(exposed, "tiny", OPTIONS);
  let ranges: Ranges = {};
  for (const seed of seeds) ranges = widen(ranges, await session.run(feeds(seed)));
  await session.release();
  return ranges;
}

it("ranges only ever widen, and hold zero or more of everything that was seen", async () => {
  const [few, more] = [await rangesOf([1]), await rangesOf([1, 2, 3])];
  expect(Object.keys(few).length).toBeGreaterThan(20);
  expect(Object.keys(more)).toEqual(Object.keys(few));
  for (const [tensor, [least, largest]] of Object.entries(few)) {
    expect(more[tensor]![0]).toBeLessThanOrEqual(least);
    expect(more[tensor]![1]).toBeGreaterThanOrEqual(largest);
  }
});

it("a U-Net in bytes answers nearly as in floats, and has its weights in a quarter of the room", async () => {
  const ranges = await rangesOf([1, 2, 3]);
  const graph = OnnxGraph.read(path.join(dir, "folded.onnx"));
  const before = weighs(graph);
  const { quantized, left } = quantize(graph, ranges);
  expect(quantized).toBeGreaterThan(20);
  expect(left).toBe(0);
  expect(weighs(graph)).toBeLessThan(before / 2);
  const file = path.join(dir, "bytes.onnx");
  graph.write(file);
  const [floats, bytes] = await Promise.all([UNET, file].map((at) => Session.open(at, "tiny", OPTIONS)));
  const [expected, found] = [await floats!.run(feeds(9)), await bytes!.run(feeds(9))];
  const difference = distance(found.out_sample!.data, expected.out_sample!.data);
  expect(difference).toBeGreaterThan(0);
  expect(difference).toBeLessThan(0.15);
  await Promise.all([floats!.release(), bytes!.release()]);
});

it("what no range is told of stays in floats", async () => {
  const ranges = await rangesOf([1]);
  const graph = OnnxGraph.read(path.join(dir, "folded.onnx"));
  const known = Object.fromEntries(Object.entries(ranges).slice(0, 8));
  const { quantized, left } = quantize(graph, known);
  expect(quantized).toBeGreaterThan(0);
  expect(left).toBeGreaterThan(quantized);
  expect(quantize(OnnxGraph.read(path.join(dir, "folded.onnx")), {}).quantized).toBe(0);
});

const MEASURED = {
  pictures: 1,
  meanPsnr: 40,
  leastPsnr: 40,
  agreementLost: null,
  soundnessLost: null,
  speedup: 2,
};

it.skipIf(!multipliesBytes())(
  "a session computes in bytes by its recipe, and in floats by one for another graph",
  async () => {
    const ranges = await rangesOf([1, 2, 3]);
    // A recipe is one of the files that a model's hash is made of.
    const open = (told: Ranges, modelHash: string) => {
      const cache = { dir: path.join(dir, "sessions"), modelId: "tiny", modelHash };
      return Session.open(UNET, "tiny", {
        ...OPTIONS,
        cache,
        recipe: { graph: "", attention: null, int8: { ranges: told, measured: MEASURED }, weights: null },
      });
    };
    const sessions = [await open(ranges, "a"), await open(ranges, "a"), await open({ elsewhere: [0, 1] }, "b")];
    expect(sessions.map(({ isInt8 }) => isInt8)).toEqual([true, true, false]);
    const [first, kept, other] = await Promise.all(sessions.map((session) => session.run(feeds(9))));
    expect(kept).toEqual(first);
    expect(other).not.toEqual(first);
    await Promise.all(sessions.map((session) => session.release()));
  },
);

const weighs = (graph: OnnxGraph): number =>
  graph.constants.reduce((sum, tensor) => sum + tensor.rawData.length + tensor.floatData.length * 4, 0);

function distance(a: Float32Array, b: Float32Array): number {
  const length = (values: readonly number[]) => Math.hypot(...values);
  return length([...a].map((value, i) => value - b[i]!)) / length([...b]);
}

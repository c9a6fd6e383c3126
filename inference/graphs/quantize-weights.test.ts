import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, it } from "vitest";
import { TorchGenerator } from "#inference/rng.ts";
import { foldConstants } from "#inference/runtime/session.ts";
import { OnnxGraph } from "./onnx-graph.ts";
import { BLOCK, blocksOf, quantizeWeights } from "./quantize-weights.ts";

const dir = mkdtempSync(path.join(tmpdir(), "aria-weights-test-"));
afterAll(() => rmSync(dir, { recursive: true }));

it("brings every weight back to within half a step of its own block, and fills the last block with nothing", () => {
  const [rows, columns] = [BLOCK + 40, 3];
  const { data } = new TorchGenerator(1).randn([rows, columns]);
  // One enormous value widens the steps of its own block alone.
  data[0] = 1000;
  const { bytes, scales } = blocksOf(data, rows, columns);
  expect([bytes.length, scales.length]).toEqual([columns * 2 * BLOCK, columns * 2]);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      const scale = scales[column * 2 + Math.floor(row / BLOCK)]!;
      const back = (bytes[column * 2 * BLOCK + row]! - 128) * scale;
      expect(Math.abs(back - data[row * columns + column]!)).toBeLessThanOrEqual(scale / 2 + 1e-6);
    }
  expect(scales[0]! / scales[1]!).toBeGreaterThan(100);
  expect(new Set(bytes.subarray(2 * BLOCK - (BLOCK - 40), 2 * BLOCK))).toEqual(new Set([128]));
});

it("turns every product with constant weights, and keeps no floats of them", async () => {
  const folded = path.join(dir, "folded.onnx");
  await foldConstants("tests/golden/pipelines/sdxl/text_encoder_2/model.onnx", folded, { threads: 1, spin: false });
  const graph = OnnxGraph.read(folded);
  const products = graph.nodes.filter(
    ({ opType, input }) => opType === "MatMul" && graph.constant(input[1]!)?.dims.length === 2,
  );
  expect(products.length).toBeGreaterThan(0);
  expect(quantizeWeights(graph)).toBe(products.length);
  for (const { input } of products) expect(graph.constant(input[1]!)).toBeNull();
  expect(quantizeWeights(graph)).toBe(0);
});

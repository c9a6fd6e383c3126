import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, it } from "vitest";
import { onnxFile } from "#tests/tiny-models/onnx-file.ts";
import { openEnlarger } from "./open-enlarger.ts";
import { enlargeTiled, type Rgb } from "./tiled.ts";

const dir = mkdtempSync(path.join(tmpdir(), "aria-upscale-"));
afterAll(() => rmSync(dir, { recursive: true }));

/** Each pixel becomes four, of itself and its neighbours: what is not seen shows. */
function network(name: string, size: number | string): string {
  const kernel = Float32Array.from({ length: 12 * 3 * 3 * 3 }, (_, i) => Math.sin(i * 1.3) / 12);
  const file = path.join(dir, name);
  writeFileSync(
    file,
    onnxFile({
      constants: [{ name: "kernel", dims: [12, 3, 3, 3], data: kernel }],
      inputs: [{ name: "input", dtype: "float", dims: [1, 3, size, size] }],
      nodes: [
        { op: "Conv", inputs: ["input", "kernel"], outputs: ["deep"], attributes: { pads: [1, 1, 1, 1] } },
        { op: "DepthToSpace", inputs: ["deep"], outputs: ["flat"], attributes: { blocksize: 2 } },
        { op: "Sigmoid", inputs: ["flat"], outputs: ["output"] },
      ],
      outputs: [{ name: "output", dtype: "float", dims: [1, 3, "rows", "columns"] }],
    }),
  );
  return file;
}

const picture = (widthPx: number, heightPx: number): Rgb => ({
  data: Uint8Array.from({ length: 3 * widthPx * heightPx }, (_, i) => 127 + 120 * Math.sin(i / 7) * Math.cos(i / 531)),
  widthPx,
  heightPx,
});
const unwatched = { onProgress: () => {}, isCancelled: async () => false };

it.each([
  [300, 200],
  [514, 98],
  [64, 700],
])("gives the same for %i by %i px in tiles as in one piece", async (widthPx, heightPx) => {
  const enlarger = await openEnlarger(network("open.onnx", "side"), 1);
  expect(enlarger).toMatchObject({ by: 2, isFixed: false, range: [0, 1] });
  const shares: number[] = [];
  const tiled = await enlargeTiled(
    picture(widthPx, heightPx),
    { ...enlarger, tilePx: 96 },
    { ...unwatched, onProgress: (share) => shares.push(share) },
  );
  const whole = await enlargeTiled(picture(widthPx, heightPx), { ...enlarger, tilePx: 1024 }, unwatched);
  expect(tiled.widthPx).toBe(2 * widthPx);
  expect(Buffer.compare(tiled.data, whole.data)).toBe(0);
  expect(shares.length).toBeGreaterThan(1);
  expect(shares.at(-1)).toBe(1);
  await enlarger.release();
});

it("feeds a network of a fixed size tiles of that size, however small the picture", async () => {
  const enlarger = await openEnlarger(network("fixed.onnx", 64), 1);
  expect(enlarger).toMatchObject({ by: 2, tilePx: 64, isFixed: true });
  const { widthPx, heightPx } = await enlargeTiled(picture(40, 90), enlarger, unwatched);
  expect([widthPx, heightPx]).toEqual([80, 180]);
  await enlarger.release();
});

it("enlarges with the built-in network as it does in one piece", async () => {
  const enlarger = await openEnlarger(path.resolve("models/aria"), 1);
  expect(enlarger).toMatchObject({ by: 2, range: [-1, 1] });
  const [tiled, whole] = [
    await enlargeTiled(picture(200, 150), { ...enlarger, tilePx: 128 }, unwatched),
    await enlargeTiled(picture(200, 150), enlarger, unwatched),
  ];
  const furthest = tiled.data.reduce((most, value, i) => Math.max(most, Math.abs(value - whole.data[i]!)), 0);
  expect(furthest).toBeLessThanOrEqual(1);
  await enlarger.release();
});

it("stops between tiles, and refuses what does not enlarge", async () => {
  const enlarger = await openEnlarger(network("again.onnx", "side"), 1);
  let asked = 0;
  const stopping = { ...unwatched, isCancelled: async () => ++asked > 2 };
  await expect(enlargeTiled(picture(900, 900), enlarger, stopping)).rejects.toMatchObject({ code: "CANCELLED" });
  expect(asked).toBe(3);
  await enlarger.release();
  const file = path.join(dir, "same.onnx");
  const value = (name: string) => ({ name, dtype: "float" as const, dims: [1, 3, "rows", "columns"] });
  writeFileSync(
    file,
    onnxFile({
      constants: [],
      inputs: [value("input")],
      nodes: [{ op: "Relu", inputs: ["input"], outputs: ["output"] }],
      outputs: [value("output")],
    }),
  );
  await expect(openEnlarger(file, 1)).rejects.toThrow(/must enlarge a picture 2 to 8 times/);
});

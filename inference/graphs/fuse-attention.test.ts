import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, it } from "vitest";
import { TorchGenerator } from "#inference/rng.ts";
import { foldConstants, Session } from "#inference/runtime/session.ts";
import { exposeShapes, fuseAttention, largeLayers } from "./fuse-attention.ts";
import { OnnxGraph } from "./onnx-graph.ts";

const OPTIONS = { threads: 1, spin: false };
const dir = mkdtempSync(path.join(tmpdir(), "aria-fuse-test-"));
afterAll(() => rmSync(dir, { recursive: true }));

async function changed(model: string, name: string, change: (graph: OnnxGraph) => void): Promise<Session> {
  const [folded, file] = [path.join(dir, `${model}.onnx`), path.join(dir, `${model}-${name}.onnx`)];
  await foldConstants(`tests/golden/pipelines/${model}/unet/model.onnx`, folded, OPTIONS);
  const graph = OnnxGraph.read(folded);
  change(graph);
  graph.write(file);
  return Session.open(file, model, OPTIONS);
}

function feeds(width: number, sidePx = 24) {
  const noise = new TorchGenerator(5);
  return {
    sample: noise.randn([1, 4, sidePx, sidePx]),
    timestep: { data: [500], dims: [1] },
    encoder_hidden_states: noise.randn([1, 77, width]),
  };
}

const furthest = (a: Float32Array, b: Float32Array): number =>
  Math.max(...a.map((value, i) => Math.abs(value - b[i]!)));

/** Its second half of layers looks at the prompt's 77 tokens. */
it.each([
  ["sd15", 32, 12 * 12],
  ["sd2v", 32, 12 * 12],
])(
  "%s answers the same with its attention fused, and finds the layers of so many tokens",
  async (model, width, tokens) => {
    const asked = feeds(width);
    const shapes = await changed(model, "shapes", exposeShapes);
    const told = await shapes.run(asked);
    const layers = largeLayers(told, tokens);
    expect(layers.length).toBeGreaterThan(0);
    expect(largeLayers(told, tokens + 1)).toEqual([]);
    const every = largeLayers(told, 1);
    expect(every.length).toBeGreaterThan(layers.length);
    const plain = await changed(model, "plain", () => {});
    let fusedLayers = 0;
    const fused = await changed(model, "fused", (graph) => (fusedLayers = fuseAttention(graph, every)));
    expect(fusedLayers).toBe(every.length);
    const [before, after] = await Promise.all([plain.run(asked), fused.run(asked)]);
    expect(furthest(after.out_sample!.data, before.out_sample!.data)).toBeLessThan(1e-5);
    // Another size than the one it was measured at.
    const other = feeds(width, 16);
    const [small, same] = await Promise.all([plain.run(other), fused.run(other)]);
    expect(furthest(same.out_sample!.data, small.out_sample!.data)).toBeLessThan(1e-5);
    await Promise.all([shapes, plain, fused].map((session) => session.release()));
  },
);

it("leaves alone what a graph of another version calls otherwise", async () => {
  const session = await changed("sd15", "elsewhere", (graph) => {
    const before = [...graph.nodes];
    expect(fuseAttention(graph, [{ softmax: "elsewhere", heads: 4 }])).toBe(0);
    expect(graph.nodes).toEqual(before);
  });
  await session.release();
});

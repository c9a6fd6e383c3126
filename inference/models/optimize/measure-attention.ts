/** Which layers of attention are so large that they are worth fusing, and whether that is so on this machine. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { exposeShapes, FEWEST_TOKENS, fuseAttention, largeLayers } from "#inference/graphs/fuse-attention.ts";
import { OnnxGraph } from "#inference/graphs/onnx-graph.ts";
import type { Recipe } from "#inference/graphs/recipe.ts";
import type { Pipeline } from "#inference/pipelines/pipeline.ts";
import { foldConstants, Session } from "#inference/runtime/session.ts";
import { paintTrial } from "./trial-pictures.ts";

const GATE = { difference: 1e-3, speedup: 1.02 };
const TURNS = 3;

type Feeds = Parameters<Session["run"]>[0];

/** Null where nothing is large enough, or nothing is gained. */
export async function measureAttention(
  asItIs: Pipeline,
  file: string,
  { threads, fewestTokens = FEWEST_TOKENS }: { threads: number; fewestTokens?: number },
): Promise<Recipe["attention"]> {
  const { nativeSizePx, id } = asItIs.folder;
  // Not even the first layer has more tokens than there are latents.
  if ((nativeSizePx / asItIs.latentPx) ** 2 < fewestTokens) return null;
  const feeds = await feedsOf(asItIs);
  const options = { threads, spin: true };
  const work = await mkdtemp(path.join(tmpdir(), "aria-attention-"));
  /** A session of the folded graph with something done to it. */
  const changed = async <T>(
    name: string,
    change: (graph: OnnxGraph) => void,
    use: (session: Session) => Promise<T>,
  ) => {
    const graph = OnnxGraph.read(path.join(work, "folded.onnx"));
    change(graph);
    graph.write(path.join(work, name));
    const session = await Session.open(path.join(work, name), id, options);
    return use(session).finally(() => session.release());
  };
  try {
    await foldConstants(file, path.join(work, "folded.onnx"), options);
    const layers = await changed("shapes.onnx", exposeShapes, async (session) =>
      largeLayers(await session.run(feeds), fewestTokens),
    );
    if (layers.length === 0) return null;
    const before = await changed(
      "plain.onnx",
      () => {},
      (session) => timed(session, feeds),
    );
    const after = await changed(
      "fused.onnx",
      (graph) => fuseAttention(graph, layers),
      (session) => timed(session, feeds),
    );
    const measured = { difference: distance(after.answer, before.answer), speedup: before.ms / after.ms };
    const isGain = measured.difference <= GATE.difference && measured.speedup >= GATE.speedup;
    return isGain ? { layers, measured } : null;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** What the U-Net is asked in the first step of a picture of its native size. */
async function feedsOf(pipeline: Pipeline): Promise<Feeds> {
  let feeds: Feeds = {};
  const predict: Pipeline["predict"] = (sample, timestep, conditions) => {
    feeds = { sample, timestep: { data: [timestep], dims: [1] }, ...conditions };
    return pipeline.predict(sample, timestep, conditions);
  };
  const { nativeSizePx: sidePx } = pipeline.folder;
  // A picture of one step may be a blank one, and is refused: what was asked is known by then.
  await paintTrial({ ...pipeline, predict }, 0, { sidePx, steps: 2 }).catch((error: unknown) => {
    if (Object.keys(feeds).length === 0) throw error;
  });
  return feeds;
}

/** The fastest of a few. */
async function timed(session: Session, feeds: Feeds): Promise<{ answer: Float32Array; ms: number }> {
  let [answer, ms] = [new Float32Array(), Number.POSITIVE_INFINITY];
  for (let turn = 0; turn < TURNS; turn++) {
    const startedAt = performance.now();
    const told = await session.run(feeds);
    ms = Math.min(ms, performance.now() - startedAt);
    answer = told[session.outputNames[0]!]!.data as Float32Array<ArrayBuffer>;
  }
  return { answer, ms };
}

/** |a - b| / |b|. */
function distance(a: Float32Array, b: Float32Array): number {
  let [off, whole] = [0, 0];
  for (let i = 0; i < b.length; i++) {
    off += (a[i]! - b[i]!) ** 2;
    whole += b[i]! ** 2;
  }
  return Math.sqrt(off / whole);
}

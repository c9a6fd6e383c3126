/**
 * One ONNX file, opened on the device that will have it. Callers speak float32 and plain numbers; what the graph itself
 * wants (names, dtypes, ranks) is read from the session and met here, never assumed.
 */
import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { InferenceSession, Tensor as OrtTensor } from "onnxruntime-node";
import { AriaError } from "#contracts/errors.ts";
import type { Provider } from "#contracts/generation.ts";
import { fuseAttention } from "#inference/graphs/fuse-attention.ts";
import { OnnxGraph } from "#inference/graphs/onnx-graph.ts";
import { quantize } from "#inference/graphs/quantize.ts";
import { quantizeWeights } from "#inference/graphs/quantize-weights.ts";
import type { Recipe } from "#inference/graphs/recipe.ts";
import { checkOnnx } from "#inference/models/install/check-onnx.ts";
import type { Tensor } from "#inference/tensor.ts";
import { multipliesBytes } from "./cpu.ts";
import { fromHalf, toHalf } from "./half.ts";
import { OptimizedGraph, optimizedFile, type SessionCache } from "./optimized-sessions.ts";

type Feed = Tensor | { readonly data: readonly number[]; readonly dims: readonly number[] };

export interface Device {
  readonly provider: Provider;
  /** Why none of those before it in the order is used; null where it is the first. */
  readonly fallbackReason: string | null;
}

export interface SessionOptions {
  readonly threads: number;
  /** Worker threads that wait by spinning start sooner and burn a core meanwhile: for the U-Net only. */
  readonly spin: boolean;
  /** Where graphs are kept as they were optimised; null: nowhere. */
  readonly cache?: SessionCache | null;
  /** How it is computed faster on a CPU; eight bits only where this machine is faster with them. Null: as it was exported. */
  readonly recipe?: Recipe | null;
}

const NO_PROVIDER = "no CUDA provider on this machine";
const LONGEST_REASON = 200;
let order: readonly Provider[] = ["cuda"];
let deviceId = 0;
let device: Device | null = null;
export const deviceInUse = (): Device => device ?? { provider: "cpu", fallbackReason: null };

/** Which to try, the best first; the CPU comes last whatever is said. Before the first session is opened. */
export function tryProviders(providers: readonly Provider[], id = 0): void {
  order = providers;
  deviceId = id;
}

const ortOptions = (provider: Provider, { threads, spin }: SessionOptions): InferenceSession.SessionOptions => ({
  executionProviders: [provider === "cuda" ? { name: provider, deviceId } : provider],
  intraOpNumThreads: threads,
  interOpNumThreads: 1,
  graphOptimizationLevel: "all",
  logSeverityLevel: 3,
  // Without it, bytes saturate on a processor that adds their products in 16 bits (AVX2): graphs that came in bytes, and ours.
  extra: { session: { intra_op: { allow_spinning: spin ? "1" : "0" }, x64quantprecision: "1" } },
});

/** onnxruntime complains on stderr when it looks for a provider that is not installed, so it is only asked for one that is. */
function cudaProviderIsInstalled(): boolean {
  const binaries = path.resolve(createRequire(import.meta.url).resolve("onnxruntime-node"), "../../bin");
  const name = process.platform === "win32" ? "onnxruntime_providers_cuda.dll" : "libonnxruntime_providers_cuda.so";
  return readdirSync(binaries).some((api) =>
    existsSync(path.join(binaries, api, process.platform, process.arch, name)),
  );
}

interface Created {
  readonly session: InferenceSession;
  readonly isInt8: boolean;
}

/** The first session decides: what opens it first, in order, is used ever after, with the reasons against the others. */
async function create(file: string, options: SessionOptions): Promise<Created> {
  if (device?.provider === "cpu") return createOnCpu(file, options);
  if (device) return asItIs(await InferenceSession.create(file, ortOptions(device.provider, options)));
  const refusals: string[] = [];
  for (const provider of order.filter((name) => name !== "cpu")) {
    try {
      if (provider === "cuda" && !cudaProviderIsInstalled()) throw new Error(NO_PROVIDER);
      const session = await InferenceSession.create(file, ortOptions(provider, options));
      device = { provider, fallbackReason: refusals.join("; ") || null };
      return asItIs(session);
    } catch (error) {
      refusals.push((error instanceof Error ? error.message : String(error)).split("\n")[0]!.slice(0, LONGEST_REASON));
    }
  }
  const created = await createOnCpu(file, options);
  device = { provider: "cpu", fallbackReason: refusals.join("; ") || null };
  return created;
}

const asItIs = (session: InferenceSession): Created => ({ session, isInt8: false });

async function createOnCpu(file: string, options: SessionOptions): Promise<Created> {
  const { graph = "", attention = null } = options.recipe ?? {};
  const { int8 = null, weights = null } = (multipliesBytes() && options.recipe) || {};
  if (attention || int8 || weights) {
    try {
      const session = await createRewritten(file, options, { graph, attention, int8, weights });
      return { session, isInt8: int8 !== null || weights !== null };
    } catch (error) {
      // No room on the disk, or a recipe for another graph: as it was exported it paints the same, and slower.
      if (isOutOfMemory(error)) throw error;
    }
  }
  return { session: await createFromCache(file, options, "", async () => file), isInt8: false };
}

/**
 * Constants are folded first, by onnxruntime: weights are stored in 16 bits or turned about, and are told from what is
 * computed only then. Throws RangeError where the recipe finds nothing to change.
 */
async function createRewritten(file: string, options: SessionOptions, recipe: Recipe): Promise<InferenceSession> {
  const work = mkdtempSync(path.join(tmpdir(), WORK_PREFIX));
  const variant = `-${createHash("sha256").update(JSON.stringify(recipe)).digest("hex").slice(0, 8)}`;
  try {
    return await createFromCache(file, options, variant, async () => {
      const folded = path.join(work, "folded.onnx");
      await foldConstants(file, folded, options);
      const graph = OnnxGraph.read(folded);
      const { attention, int8, weights } = recipe;
      if (attention && fuseAttention(graph, attention.layers) === 0)
        throw new RangeError("no attention as in the recipe");
      if (int8 && quantize(graph, int8.ranges).quantized === 0) throw new RangeError("no tensors as in the recipe");
      if (weights && quantizeWeights(graph) === 0) throw new RangeError("no products as in the recipe");
      const rewritten = path.join(work, "model.onnx");
      graph.write(rewritten);
      return rewritten;
    });
  } finally {
    // Windows keeps files that a session reads: the next start sweeps them.
    quietly(() => rmSync(work, { recursive: true, force: true }));
  }
}

const WORK_PREFIX = "aria-graph-";
const HOUR_MS = 3_600_000;

/** What was left behind by engines that were killed as they opened a model. */
export function sweepWork(now: number): void {
  for (const name of readdirSync(tmpdir()).filter((found) => found.startsWith(WORK_PREFIX))) {
    const at = path.join(tmpdir(), name);
    quietly(() => now - statSync(at).mtimeMs > HOUR_MS && rmSync(at, { recursive: true }));
  }
}

/** Writes the graph as it is on any machine once what is constant has been computed. */
export async function foldConstants(file: string, to: string, options: SessionOptions): Promise<void> {
  const { extra } = optimizedFile(to, file);
  const usual = ortOptions("cpu", options);
  const session = { ...(usual.extra?.session as object), ...extra };
  const basic = { graphOptimizationLevel: "basic", optimizedModelFilePath: to, extra: { session } } as const;
  await (await InferenceSession.create(file, { ...usual, ...basic })).release();
}

/**
 * What was optimised before is opened as it is; else this time's work on the graph `make` gives is kept for the next. A
 * folder that cannot be written to, or that another engine is quicker with, costs that and nothing else.
 */
async function createFromCache(
  file: string,
  options: SessionOptions,
  variant: string,
  make: () => Promise<string>,
): Promise<InferenceSession> {
  const usual = ortOptions("cpu", options);
  if (!options.cache) return InferenceSession.create(await make(), usual);
  const graph = new OptimizedGraph(options.cache, path.basename(path.dirname(file)), variant, options.threads);
  if (graph.exists()) {
    try {
      return await InferenceSession.create(graph.file, { ...usual, graphOptimizationLevel: "disabled" });
    } catch (error) {
      if (isOutOfMemory(error)) throw error;
      quietly(() => graph.forget());
    }
  }
  const from = await make();
  const writing = quietly(() => graph.writing(file));
  if (!writing) return InferenceSession.create(from, usual);
  const { optimizedModelFilePath, extra, done, failed } = writing;
  const session = { ...(usual.extra?.session as object), ...extra };
  try {
    const opened = await InferenceSession.create(from, { ...usual, optimizedModelFilePath, extra: { session } });
    quietly(done);
    return opened;
  } catch (error) {
    if (isOutOfMemory(error)) throw error;
    // The disk may have been full, or the graph is damaged: without the cache it is one or the other.
    return InferenceSession.create(from, usual);
  } finally {
    quietly(failed);
  }
}

function quietly<T>(work: () => T): T | null {
  try {
    return work();
  } catch {
    return null;
  }
}

/** How onnxruntime and CUDA say it. */
const isOutOfMemory = (error: unknown): boolean =>
  /bad_alloc|bad allocation|out of memory|failed to allocate/i.test(String(error));

export class Session {
  readonly #session: InferenceSession;
  readonly #dtypes: ReadonlyMap<string, string>;
  readonly #shapes: ReadonlyMap<string, readonly (number | string)[]>;
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];

  /** Whether it computes in eight bits. */
  readonly isInt8: boolean;
  readonly #modelId: string;

  private constructor({ session, isInt8 }: Created, modelId: string) {
    this.#session = session;
    this.isInt8 = isInt8;
    this.#modelId = modelId;
    this.inputNames = session.inputNames;
    this.outputNames = session.outputNames;
    const inputs = session.inputMetadata.flatMap((input) => (input.isTensor ? [input] : []));
    this.#dtypes = new Map(inputs.map((input) => [input.name, input.type]));
    this.#shapes = new Map(inputs.map((input) => [input.name, input.shape]));
  }

  /** The size of an input along an axis; null where the graph leaves it open. */
  fixedSize(name: string, axis: number): number | null {
    const size = this.#shapes.get(name)?.[axis];
    return typeof size === "number" ? size : null;
  }

  /**
   * Throws GENERATION_FAILED: model_unreadable when the file is missing, cut short, no ONNX, or would have weights read
   * from outside its folder; out_of_memory.
   */
  static async open(file: string, modelId: string, options: SessionOptions): Promise<Session> {
    try {
      checkOnnx(file);
      return new Session(await create(file, options), modelId);
    } catch (cause) {
      const reason = isOutOfMemory(cause) ? "out_of_memory" : "model_unreadable";
      throw new AriaError("GENERATION_FAILED", { modelId, reason }, { cause });
    }
  }

  /** Feeds by name; a rank-0 input takes the first value. Gives every output as float32. Throws out_of_memory. */
  async run(feeds: Readonly<Record<string, Feed>>): Promise<Readonly<Record<string, Tensor>>> {
    const converted = Object.entries(feeds).map(([name, feed]) => [name, this.#toOrt(name, feed)] as const);
    const outputs = await this.#session.run(Object.fromEntries(converted)).catch((cause: unknown) => {
      if (!isOutOfMemory(cause)) throw cause;
      throw new AriaError("GENERATION_FAILED", { modelId: this.#modelId, reason: "out_of_memory" }, { cause });
    });
    return Object.fromEntries(Object.entries(outputs).map(([name, output]) => [name, fromOrt(output)]));
  }

  #toOrt(name: string, { data, dims }: Feed): OrtTensor {
    const dtype = this.#dtypes.get(name) ?? "float32";
    const shape = this.#shapes.get(name)?.length === 0 ? [] : [...dims];
    switch (dtype) {
      case "float32":
        return new OrtTensor("float32", data instanceof Float32Array ? data : Float32Array.from(data), shape);
      case "float16":
        return new OrtTensor("float16", toHalf(data instanceof Float32Array ? data : Float32Array.from(data)), shape);
      case "float64":
        return new OrtTensor("float64", Float64Array.from(data), shape);
      case "int64":
        return new OrtTensor("int64", BigInt64Array.from([...data].map((value) => BigInt(Math.round(value)))), shape);
      case "int32":
        return new OrtTensor("int32", Int32Array.from(data, Math.round), shape);
      default:
        throw new TypeError(`input "${name}" wants ${dtype}, which no diffusers export does`);
    }
  }

  release(): Promise<void> {
    return this.#session.release();
  }
}

function fromOrt({ data, dims, type }: OrtTensor): Tensor {
  if (data instanceof Float32Array) return { data, dims };
  if (type === "float16" && data instanceof Uint16Array) return { data: fromHalf(data), dims };
  return { data: Float32Array.from(data as ArrayLike<number | bigint>, Number), dims };
}

/**
 * One ONNX file, opened on the device that will have it. Callers speak float32 and plain numbers; what the graph itself
 * wants (names, dtypes, ranks) is read from the session and met here, never assumed.
 */
import { existsSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { InferenceSession, Tensor as OrtTensor } from "onnxruntime-node";
import { AriaError } from "#contracts/errors.ts";
import type { Provider } from "#contracts/generation.ts";
import { checkOnnx } from "#inference/models/install/check-onnx.ts";
import type { Tensor } from "#inference/tensor.ts";
import { fromHalf, toHalf } from "./half.ts";
import { OptimizedGraph, type SessionCache } from "./optimized-sessions.ts";

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
}

const NO_PROVIDER = "no CUDA provider on this machine";
const LONGEST_REASON = 200;
let order: readonly Provider[] = ["cuda"];
let device: Device | null = null;
export const deviceInUse = (): Device => device ?? { provider: "cpu", fallbackReason: null };

/** Which to try, the best first; the CPU comes last whatever is said. Before the first session is opened. */
export function tryProviders(providers: readonly Provider[]): void {
  order = providers;
}

const ortOptions = (provider: Provider, { threads, spin }: SessionOptions): InferenceSession.SessionOptions => ({
  executionProviders: [provider],
  intraOpNumThreads: threads,
  interOpNumThreads: 1,
  graphOptimizationLevel: "all",
  logSeverityLevel: 3,
  extra: { session: { intra_op: { allow_spinning: spin ? "1" : "0" } } },
});

/** onnxruntime complains on stderr when it looks for a provider that is not installed, so it is only asked for one that is. */
function cudaProviderIsInstalled(): boolean {
  const binaries = path.resolve(createRequire(import.meta.url).resolve("onnxruntime-node"), "../../bin");
  const name = process.platform === "win32" ? "onnxruntime_providers_cuda.dll" : "libonnxruntime_providers_cuda.so";
  return readdirSync(binaries).some((api) =>
    existsSync(path.join(binaries, api, process.platform, process.arch, name)),
  );
}

/** The first session decides: what opens it first, in order, is used ever after, with the reasons against the others. */
async function create(file: string, options: SessionOptions): Promise<InferenceSession> {
  if (!device) return createFirst(file, options);
  if (device.provider === "cpu" && options.cache) return createFromCache(file, options, options.cache);
  return InferenceSession.create(file, ortOptions(device.provider, options));
}

async function createFirst(file: string, options: SessionOptions): Promise<InferenceSession> {
  const refusals: string[] = [];
  for (const provider of order.filter((name) => name !== "cpu")) {
    try {
      if (provider === "cuda" && !cudaProviderIsInstalled()) throw new Error(NO_PROVIDER);
      const session = await InferenceSession.create(file, ortOptions(provider, options));
      device = { provider, fallbackReason: refusals.join("; ") || null };
      return session;
    } catch (error) {
      refusals.push((error instanceof Error ? error.message : String(error)).split("\n")[0]!.slice(0, LONGEST_REASON));
    }
  }
  const session = await (options.cache
    ? createFromCache(file, options, options.cache)
    : InferenceSession.create(file, ortOptions("cpu", options)));
  device = { provider: "cpu", fallbackReason: refusals.join("; ") || null };
  return session;
}

/**
 * What was optimised before is opened as it is; else this time's work is kept for the next. A folder that cannot be
 * written to, or that another engine is quicker with, costs that and nothing else.
 */
async function createFromCache(file: string, options: SessionOptions, cache: SessionCache): Promise<InferenceSession> {
  const graph = new OptimizedGraph(cache, path.basename(path.dirname(file)), options.threads);
  const usual = ortOptions("cpu", options);
  if (graph.exists()) {
    try {
      return await InferenceSession.create(graph.file, { ...usual, graphOptimizationLevel: "disabled" });
    } catch (error) {
      if (isOutOfMemory(error)) throw error;
      quietly(() => graph.forget());
    }
  }
  const writing = quietly(() => graph.writing(file));
  if (!writing) return InferenceSession.create(file, usual);
  const { optimizedModelFilePath, extra, done, failed } = writing;
  const session = { ...(usual.extra?.session as object), ...extra };
  try {
    const opened = await InferenceSession.create(file, { ...usual, optimizedModelFilePath, extra: { session } });
    quietly(done);
    return opened;
  } catch (error) {
    if (isOutOfMemory(error)) throw error;
    // The disk may have been full, or the graph is damaged: without the cache it is one or the other.
    return InferenceSession.create(file, usual);
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

  readonly #modelId: string;

  private constructor(session: InferenceSession, modelId: string) {
    this.#session = session;
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

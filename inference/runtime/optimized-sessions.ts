/**
 * Graphs as onnxruntime has optimised them for this machine, kept so that the next start need not do it again. Layouts
 * and kernels are baked in: a file is good for one processor, one version of onnxruntime and one number of threads.
 */
import { createHash, randomUUID } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from "node:fs";
import { cpus } from "node:os";
import path from "node:path";
import { cpuFlags } from "./cpu.ts";
import { ortVersion } from "./ort-version.ts";

const GRAPH = "model.onnx";
/** protobuf holds no more than 2 GB: weights of larger graphs go beside it. */
const LARGEST_IN_ONE = 1_000_000_000;
const WEIGHTS = "model.onnx.data";

export interface SessionCache {
  readonly dir: string;
  /** Of the model the graph belongs to: another one under the same name has other graphs. */
  readonly modelId: string;
  readonly modelHash: string;
}

/** Where an optimised graph is, or is to be put. */
export class OptimizedGraph {
  readonly file: string;
  readonly #folder: string;
  readonly #prefix: string;
  readonly #suffix: string;
  readonly #dir: string;

  /** `variant` says what was done to the graph before; of all variants of a part the last is kept. */
  constructor({ dir, modelId, modelHash }: SessionCache, part: string, variant: string, threads: number) {
    this.#dir = path.join(dir, modelId);
    this.#prefix = `${part}.`;
    this.#suffix = `-${machine(threads)}`;
    this.#folder = path.join(this.#dir, `${this.#prefix}${modelHash}${variant}${this.#suffix}`);
    this.file = path.join(this.#folder, GRAPH);
  }

  exists(): boolean {
    return existsSync(this.file);
  }

  forget(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** Options to have it written by a session of the graph `from`; `done` puts it in its place, whole, and clears older ones. */
  writing(from: string): {
    optimizedModelFilePath: string;
    extra: Record<string, string>;
    done: () => void;
    failed: () => void;
  } {
    const partial = path.join(this.#dir, `.${randomUUID()}`);
    mkdirSync(partial, { recursive: true });
    return {
      ...optimizedFile(path.join(partial, GRAPH), from),
      done: () => {
        // Of other machines and numbers of threads, which may share the folder, nothing is touched.
        for (const name of readdirSync(this.#dir))
          if (name.startsWith(this.#prefix) && name.endsWith(this.#suffix))
            rmSync(path.join(this.#dir, name), { recursive: true, force: true });
        renameSync(partial, this.#folder);
      },
      failed: () => rmSync(partial, { recursive: true, force: true }),
    };
  }
}

/** How onnxruntime is told to write the graph `from` to the file `to`. */
export function optimizedFile(
  to: string,
  from: string,
): { optimizedModelFilePath: string; extra: Record<string, string> } {
  const isLarge = sizeWithNeighbours(from) > LARGEST_IN_ONE;
  return {
    optimizedModelFilePath: to,
    extra: isLarge ? { optimized_model_external_initializers_file_name: WEIGHTS } : {},
  };
}

/** External weights lie beside their graph. */
function sizeWithNeighbours(file: string): number {
  const dir = path.dirname(file);
  return readdirSync(dir)
    .map((name) => statSync(path.join(dir, name)).size)
    .reduce((sum, size) => sum + size, 0);
}

function machine(threads: number): string {
  const told = [ortVersion, process.platform, process.arch, cpus()[0]?.model, cpuFlags(), threads];
  return createHash("sha256").update(JSON.stringify(told)).digest("hex").slice(0, 12);
}

const HOUR_MS = 3_600_000;

/** Clears what models left behind that are no more, and what was being written when an engine was killed. */
export function sweepSessions(dir: string, modelIds: readonly string[], now: number): void {
  for (const id of existsSync(dir) ? readdirSync(dir) : []) {
    const folder = path.join(dir, id);
    if (!modelIds.includes(id)) {
      rmSync(folder, { recursive: true, force: true });
      continue;
    }
    for (const name of readdirSync(folder).filter((name) => name.startsWith("."))) {
      const partial = path.join(folder, name);
      if (now - statSync(partial).mtimeMs > HOUR_MS) rmSync(partial, { recursive: true, force: true });
    }
  }
}

/**
 * What an order has come to, on disk: finished candidates, and of the one being painted all that its next step depends
 * on. A painting that was broken off, by whatever, goes on from there and ends in the same pixels.
 */
import { createHash } from "node:crypto";
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { deserialize, serialize } from "node:v8";
import type { PaintOrder } from "#contracts/generation.ts";
import type { GeneratorState } from "#inference/rng.ts";
import type { Memory } from "#inference/schedulers/scheduler.ts";
import type { Tensor } from "#inference/tensor.ts";
import type { PaintedCandidate } from "./painted-candidate.ts";

/** Where the denoising of one candidate stands. */
export interface StepState {
  /** Index of the step to be taken next. */
  readonly next: number;
  readonly sample: Tensor;
  readonly memory: Memory;
  readonly generator: GeneratorState;
}

export interface Standing {
  readonly candidates: readonly PaintedCandidate[];
  /** Of the candidate after the finished ones; null where none of its steps was kept. */
  readonly step: (StepState & { readonly attempt: number }) | null;
}

/** What one order's painting leaves behind as it goes. */
export interface Checkpoints {
  readonly standing: Standing;
  /** Called after every step; `state` is only asked for when it is time to keep one. */
  step(attempt: number, state: () => StepState): void;
  candidate(finished: PaintedCandidate): void;
  /** All of it may go. */
  clear(): void;
}

export const NO_CHECKPOINTS: Checkpoints = {
  standing: { candidates: [], step: null },
  step: () => {},
  candidate: () => {},
  clear: () => {},
};

const KEPT_FOR_MS = 24 * 3_600_000;

/** Removes what was never taken up again. */
export function sweepCheckpoints(dir: string, now: number): void {
  for (const name of existsSync(dir) ? readdirSync(dir) : []) {
    const at = path.join(dir, name);
    const stats = statSync(at, { throwIfNoEntry: false });
    if (stats && now - stats.mtimeMs > KEPT_FOR_MS) rmSync(at, { recursive: true, force: true });
  }
}

/**
 * One folder an order; steps are kept every `everyMs` at most: what was painted in less is soon painted again. What was kept by another order, model or machine under the same id counts for nothing.
 */
export function checkpointsIn(dir: string, order: PaintOrder, { arithmetic, everyMs }: Keeping): Checkpoints {
  const folder = path.join(dir, order.orderId);
  const print = createHash("sha256")
    .update(JSON.stringify([VERSION, arithmetic, order]))
    .digest("hex");
  const standing = readStanding(folder, print, order.seeds.length);
  let finished = standing.candidates.length;
  let keptAt = performance.now();
  let isFull = false;
  const keep = (name: string, content: object) => {
    if (isFull) return;
    try {
      mkdirSync(folder, { recursive: true });
      writeWhole(path.join(folder, name), serialize({ print, ...content }));
    } catch {
      // A disk that takes no more is no reason to stop painting: should this be broken off, it begins anew.
      isFull = true;
    }
  };
  return {
    standing,
    step(attempt, state) {
      if (performance.now() - keptAt < everyMs) return;
      keep(STEP_FILE, { index: finished, step: { attempt, ...state() } });
      keptAt = performance.now();
    },
    candidate(candidate) {
      keep(candidateFile(finished), { candidate });
      finished++;
    },
    clear: () => rmSync(folder, { recursive: true, force: true }),
  };
}

export interface Keeping {
  /** All that the next bits depend on besides the order: the model's hash, the runtime's version, device, threads and bits. */
  readonly arithmetic: string;
  readonly everyMs: number;
}

/** Of what is written, and of the arithmetic of this folder. */
const VERSION = 2;
const STEP_FILE = "step";
const candidateFile = (index: number): string => `candidate-${index}`;

function readStanding(folder: string, print: string, count: number): Standing {
  const candidates: PaintedCandidate[] = [];
  while (candidates.length < count) {
    const kept = readKept(path.join(folder, candidateFile(candidates.length)), print);
    if (!kept?.candidate) break;
    candidates.push(kept.candidate);
  }
  const kept = readKept(path.join(folder, STEP_FILE), print);
  return { candidates, step: kept?.step && kept.index === candidates.length ? kept.step : null };
}

interface Kept {
  readonly print: string;
  readonly candidate?: PaintedCandidate;
  readonly index?: number;
  readonly step?: NonNullable<Standing["step"]>;
}

/** Null where there is none, or it is not what was asked for: then that part is painted anew. */
function readKept(file: string, print: string): Kept | null {
  if (!existsSync(file)) return null;
  try {
    const kept: Kept = deserialize(readFileSync(file));
    return kept.print === print ? kept : null;
  } catch {
    return null;
  }
}

/** There in full or not at all, also when the machine stops in between. */
function writeWhole(file: string, content: Uint8Array): void {
  const partial = `${file}.partial`;
  const handle = openSync(partial, "w");
  try {
    writeFileSync(handle, content);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(partial, file);
}

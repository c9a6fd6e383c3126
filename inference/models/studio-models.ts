/** The models of one engine: which there are, how far each has come, and the pool that keeps them open. */
import path from "node:path";
import { sentenceFor } from "#contracts/error-sentences.ts";
import { AriaError, isAriaError } from "#contracts/errors.ts";
import type { ModelCard } from "#contracts/generation.ts";
import type { ModelAction } from "#contracts/models.ts";
import { openPipeline, type Pipeline } from "#inference/pipelines/pipeline.ts";
import { probe } from "#inference/pipelines/probe.ts";
import { multipliesBytes } from "#inference/runtime/cpu.ts";
import { cardOf, listModelFolders, type ModelFolder, readModelFolder } from "./model-folder.ts";
import { ModelPool } from "./model-pool.ts";

interface Options {
  readonly modelsDir: string;
  readonly threads: number;
  readonly sessionsDir?: string;
  readonly int8?: boolean;
  readonly budgetBytes: number;
  readonly onChange: (models: ModelCard[]) => void;
  /** Of this process, in bytes: what models really take is read off it. */
  readonly memoryInUse?: () => number;
}

export class StudioModels {
  readonly #options: Options;
  readonly #cards = new Map<string, ModelCard>();
  readonly #folders = new Map<string, ModelFolder>();
  readonly #pool: ModelPool<Pipeline>;
  /** How often each was begun to be loaded. */
  readonly #loads = new Map<string, number>();

  constructor(options: Options) {
    this.#options = options;
    this.#pool = new ModelPool({
      budgetBytes: options.budgetBytes,
      bytesOf: (id) => this.#folders.get(id)?.residentBytes ?? 0,
      load: (id) => this.#load(id),
      ...(options.memoryInUse && { memoryInUse: options.memoryInUse }),
    });
  }

  /**
   * Reads what every folder says of itself. A damaged folder is listed as failed, with its reason; one that is gone is
   * forgotten, its pin with it. What is open and has changed is let go as soon as nobody paints with it.
   */
  async discover(): Promise<void> {
    const ids = await listModelFolders(this.#options.modelsDir);
    for (const id of this.ids.filter((known) => !ids.includes(known))) {
      this.#pool.retire(id);
      this.#pool.pin(id, false);
      this.#cards.delete(id);
      this.#folders.delete(id);
    }
    for (const id of ids) {
      try {
        const folder = await readModelFolder(path.join(this.#options.modelsDir, id), id);
        if (this.#pool.holds(id) && isSame(folder, this.#folders.get(id))) continue;
        this.#pool.retire(id);
        this.#folders.set(id, folder);
        this.#cards.set(id, { ...this.#cardOf(folder), pinned: this.#pool.isPinned(id) });
      } catch (error) {
        this.#pool.retire(id);
        this.#folders.delete(id);
        this.#cards.set(id, failedCard(id, error));
      }
    }
    this.#announce();
  }

  /** Nothing is said of eight bits where they are not used. */
  #cardOf(folder: ModelFolder): ModelCard {
    const card = cardOf(folder);
    const isUsed = this.#options.int8 !== false && multipliesBytes();
    return isUsed ? card : { ...card, int8Speedup: null };
  }

  /** Throws NOT_FOUND; what `lease` does to load; CONFLICT to unload one in use. */
  async act(action: ModelAction, id: string): Promise<void> {
    if (!this.#cards.has(id)) throw new AriaError("NOT_FOUND", { kind: "model", id });
    if (action === "unload") return this.#pool.unload(id);
    if (action === "load") {
      await using _lease = await this.lease(id);
      return;
    }
    this.#pool.pin(id, action === "pin");
    this.#update(id, { pinned: action === "pin" });
    // Kept open is open.
    if (action === "pin") await this.act("load", id);
  }

  /** Those of them that are still there; they are opened later. */
  restorePins(ids: readonly string[]): void {
    for (const id of ids.filter((pinned) => this.#cards.has(pinned))) {
      this.#pool.pin(id, true);
      this.#update(id, { pinned: true });
    }
  }

  get pinned(): string[] {
    return this.ids.filter((id) => this.#pool.isPinned(id));
  }

  get ids(): string[] {
    return [...this.#cards.keys()];
  }

  /** Throws NOT_FOUND, BUSY or GENERATION_FAILED model_unreadable. */
  async lease(id: string): Promise<AsyncDisposable & { readonly model: Pipeline }> {
    if (!this.#folders.has(id)) {
      if (!this.#cards.has(id)) throw new AriaError("NOT_FOUND", { kind: "model", id });
      throw new AriaError("GENERATION_FAILED", { modelId: id, reason: "model_unreadable" });
    }
    const lease = await this.#pool.lease(id);
    const bytes = this.#pool.measuredBytes(id);
    if (bytes !== null && bytes !== this.#cards.get(id)?.residentBytes)
      this.#update(id, { residentBytes: bytes, isMeasured: true });
    return lease;
  }

  #isLast(loads: number, id: string): boolean {
    return this.#loads.get(id) === loads;
  }

  async #load(id: string): Promise<Pipeline> {
    const loads = (this.#loads.get(id) ?? 0) + 1;
    this.#loads.set(id, loads);
    try {
      // As it is now: its recipe may have come since, or it was put there anew.
      const folder = await readModelFolder(path.join(this.#options.modelsDir, id), id);
      this.#folders.set(id, folder);
      this.#update(id, { state: "loading", progress: 0, failure: null });
      const onProgress = (share: number) => this.#update(id, { progress: share * 0.8 });
      const pipeline = await openPipeline(folder, { ...this.#options, onProgress });
      this.#update(id, { state: "warming", progress: 0.8, hash: pipeline.hash });
      await probe(pipeline, { sidePx: folder.nativeSizePx, steps: 1 }).catch(async (error: unknown) => {
        await pipeline.release();
        throw error;
      });
      this.#update(id, { state: "ready", progress: 1 });
      return {
        ...pipeline,
        // One that was retired may be open anew by now, and its card is the new one's.
        release: () =>
          pipeline.release().finally(() => this.#isLast(loads, id) && this.#update(id, { state: "cold", progress: 0 })),
      };
    } catch (error) {
      // Damaged files stay damaged; anything else may pass, and the next order tries again.
      const state = isUnreadable(error) ? "failed" : "cold";
      this.#update(id, { state, progress: 0, failure: failureOf(error) });
      throw error;
    }
  }

  #update(id: string, change: Partial<ModelCard>): void {
    const card = this.#cards.get(id);
    if (card) this.#cards.set(id, { ...card, ...change });
    this.#announce();
  }

  #announce(): void {
    this.#options.onChange([...this.#cards.values()]);
  }
}

/** By all that is read before the weights are. */
const isSame = (folder: ModelFolder, known: ModelFolder | undefined): boolean =>
  JSON.stringify(folder) === JSON.stringify(known);

const isUnreadable = (error: unknown): boolean =>
  isAriaError(error) && error.code === "GENERATION_FAILED" && error.facts.reason === "model_unreadable";

const failureOf = (error: unknown): string => (isAriaError(error) ? sentenceFor(error) : String(error));

function failedCard(id: string, error: unknown): ModelCard {
  const nothing = {
    widthPx: 512,
    heightPx: 512,
    steps: 20,
    guidance: 7.5,
    guidanceStop: 1,
    sampler: "euler",
    scheduleType: "automatic",
    underpainting: null,
  } as const;
  return {
    id,
    title: id,
    hash: null,
    bytes: 0,
    state: "failed",
    progress: 0,
    failure: failureOf(error),
    nativeSizePx: 512,
    defaults: nothing,
    samplers: [],
    vocabulary: {},
    pinned: false,
    residentBytes: 0,
    isMeasured: false,
    source: null,
    licence: null,
    int8Speedup: null,
    strengths: [],
  };
}

/** The parent's side of the scorer child: any number of requests at once, each tried again should the child die under it. */
import { AriaError } from "#contracts/errors.ts";
import type { Judgement } from "#inference/scoring/scorer.ts";
import { RespawningChild } from "./respawning-child.ts";
import type { FromScorer, ScorerSettings, ToScorer } from "./scorer-messages.ts";
import { errorFrom } from "./told-error.ts";

const LIVES_OF_A_REQUEST = 3;

interface Waiting {
  readonly request: ToScorer;
  readonly resolve: (judgements: Judgement[]) => void;
  readonly reject: (error: unknown) => void;
  livesLeft: number;
}

export class ScorerClient {
  readonly #child: RespawningChild<ToScorer, FromScorer>;
  readonly #waiting = new Map<number, Waiting>();
  #lastId = 0;

  constructor(
    { env, ...settings }: ScorerSettings & { readonly env: NodeJS.ProcessEnv },
    onDeath: (cause: string) => void,
  ) {
    this.#child = new RespawningChild({
      source: "inference/runtime/scorer-child.ts",
      env: { ...env, SCORER_SETTINGS: JSON.stringify(settings) },
      onMessage: (message) => this.#hear(message),
      onStart: () => {
        for (const { request } of this.#waiting.values()) this.#child.send(request);
      },
      onDeath: (cause) => {
        onDeath(cause);
        this.#mourn();
      },
    });
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** Throws GENERATION_FAILED: model_unreadable, out_of_memory, or scorer_died where it did so again and again. */
  judge(modelId: string, theme: string, pictures: readonly Uint8Array[]): Promise<Judgement[]> {
    return new Promise((resolve, reject) => {
      const request = { id: ++this.#lastId, modelId, theme, pictures };
      this.#waiting.set(request.id, { request, resolve, reject, livesLeft: LIVES_OF_A_REQUEST });
      this.#child.send(request);
    });
  }

  close(): Promise<void> {
    return this.#child.close();
  }

  #hear(message: FromScorer): void {
    const waiting = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    this.#child.thrives();
    if (message.type === "judged") waiting?.resolve(message.judgements);
    else waiting?.reject(errorFrom(message));
  }

  #mourn(): void {
    // It takes one after the other: what it died of is the first.
    const [first] = this.#waiting.values();
    if (!first || --first.livesLeft > 0) return;
    const { id, modelId } = first.request;
    this.#waiting.delete(id);
    first.reject(new AriaError("GENERATION_FAILED", { modelId, reason: "scorer_died" }));
  }
}

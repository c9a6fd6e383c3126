/** What passes between inference and its scorer child. */
import type { Judgement } from "#inference/scoring/scorer.ts";
import type { ToldError } from "./told-error.ts";

export interface ScorerSettings {
  readonly modelsDir: string;
  readonly threads: number;
}

export interface ToScorer {
  readonly id: number;
  readonly modelId: string;
  readonly theme: string;
  readonly pictures: readonly Uint8Array[];
}

export type FromScorer =
  | { readonly type: "judged"; readonly id: number; readonly judgements: Judgement[] }
  | ({ readonly type: "failed"; readonly id: number } & ToldError);

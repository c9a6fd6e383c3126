/** What passes between inference and its scorer child. */
import type { Scores } from "#contracts/generation.ts";
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
  | { readonly type: "scored"; readonly id: number; readonly scores: Scores[] }
  | ({ readonly type: "failed"; readonly id: number } & ToldError);

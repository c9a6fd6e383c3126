/** What passes between inference and its engine child, by Node's structured-clone channel. */
import { type AnyAriaError, AriaError, isAriaError } from "#contracts/errors.ts";
import type { ModelCard, PaintOrder, Provider } from "#contracts/generation.ts";
import type { OrderProgress, Stroke } from "#contracts/generation-events.ts";
import type { PaintedOrder } from "#inference/pipelines/paint-order.ts";
import type { Device } from "./session.ts";

export interface EngineSettings {
  readonly modelsDir: string;
  readonly threads: number;
  readonly budgetBytes: number;
  /** Tried in this order, the CPU last of all. */
  readonly providers: readonly Provider[];
  /** Of several of a kind, from 0. */
  readonly deviceId: number;
  /** Loaded and warmed at start. */
  readonly preload: string;
  /** Whether U-Nets may be computed in eight bits. */
  readonly int8: boolean;
  /** Where graphs are kept as they were optimised. */
  readonly sessionsDir: string;
  /** Where paintings leave what they can go on from, and how often. */
  readonly checkpointsDir: string;
  readonly checkpointEveryMs: number;
}

/** What only the parent knows: the environment its engine is started with. */
export interface EngineLaunch extends EngineSettings {
  readonly env: NodeJS.ProcessEnv;
}

export type ToEngine =
  | { readonly type: "paint"; readonly order: PaintOrder }
  | { readonly type: "cancel"; readonly orderId: string };

export type FromEngine =
  | { readonly type: "models"; readonly models: ModelCard[]; readonly device: Device }
  | { readonly type: "progress"; readonly progress: OrderProgress }
  | { readonly type: "stroke"; readonly stroke: Stroke }
  | { readonly type: "painted"; readonly orderId: string; readonly painted: PaintedOrder }
  | ({ readonly type: "failed"; readonly orderId: string } & ToldError);

/** An error as it passes between processes. */
export interface ToldError {
  /** Null: a bug, told in `message`. */
  readonly error: Pick<AnyAriaError, "code" | "facts"> | null;
  readonly message: string;
}

export function tell(error: unknown): ToldError {
  const known = isAriaError(error) ? { code: error.code, facts: error.facts } : null;
  return { error: known as ToldError["error"], message: String(error) };
}

export function errorFrom({ error, message }: ToldError): Error {
  // Code and facts were typed together where they were thrown.
  return error ? new AriaError(error.code, error.facts as never) : new Error(`a child failed: ${message}`);
}

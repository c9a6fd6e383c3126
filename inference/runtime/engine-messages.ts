/** What passes between inference and its engine child, by Node's structured-clone channel. */
import type { ModelCard, PaintOrder, Provider } from "#contracts/generation.ts";
import type { OrderProgress, Stroke } from "#contracts/generation-events.ts";
import type { ModelAction } from "#contracts/models.ts";
import type { PaintedOrder } from "#inference/pipelines/paint-order.ts";
import type { Device } from "./session.ts";
import type { ToldError } from "./told-error.ts";

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
  /** Where optimised graphs, pins, and what paintings can go on from are kept. */
  readonly dataDir: string;
  /** How often a painting leaves what it can go on from. */
  readonly checkpointEveryMs: number;
}

/** What only the parent knows: the environment its engine is started with. */
export interface EngineLaunch extends EngineSettings {
  readonly env: NodeJS.ProcessEnv;
}

export type ToEngine =
  | { readonly type: "paint"; readonly order: PaintOrder }
  | { readonly type: "cancel"; readonly orderId: string }
  | { readonly type: "act"; readonly requestId: number; readonly action: ModelAction; readonly modelId: string }
  /** Folders may have come or gone. */
  | { readonly type: "discover"; readonly requestId: number };

export type FromEngine =
  | { readonly type: "models"; readonly models: ModelCard[]; readonly device: Device }
  | { readonly type: "progress"; readonly progress: OrderProgress }
  | { readonly type: "stroke"; readonly stroke: Stroke }
  | { readonly type: "painted"; readonly orderId: string; readonly painted: PaintedOrder }
  | ({ readonly type: "failed"; readonly orderId: string } & ToldError)
  | { readonly type: "answered"; readonly requestId: number; readonly failure: ToldError | null };

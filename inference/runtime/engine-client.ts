/** The parent's side of the engine: starts it, hands it one order at a time, and starts another when it dies. */
import { AriaError } from "#contracts/errors.ts";
import type { ModelCard, PaintOrder } from "#contracts/generation.ts";
import type { OrderProgress, Stroke } from "#contracts/generation-events.ts";
import type { ModelAction } from "#contracts/models.ts";
import type { PaintedOrder } from "#inference/pipelines/paint-order.ts";
import type { EngineLaunch, FromEngine, ToEngine } from "./engine-messages.ts";
import { RespawningChild } from "./respawning-child.ts";
import type { Device } from "./session.ts";
import { errorFrom } from "./told-error.ts";

/** The engine died under an order: it is tried once more, for the fault may have been elsewhere. */
const LIVES_OF_AN_ORDER = 2;

export interface EngineState {
  readonly models: readonly ModelCard[];
  readonly device: Device;
}

interface Events {
  readonly onProgress: (progress: OrderProgress) => void;
  readonly onStroke: (stroke: Stroke) => void;
  readonly onDeath: (signal: string) => void;
}

interface Work {
  readonly order: PaintOrder;
  readonly resolve: (painted: PaintedOrder) => void;
  readonly reject: (error: unknown) => void;
  livesLeft: number;
  isCancelled: boolean;
}

export class EngineClient {
  readonly #events: Events;
  readonly #child: RespawningChild<ToEngine, FromEngine>;
  readonly #asked = new Map<number, { resolve: () => void; reject: (error: unknown) => void }>();
  #lastRequest = 0;
  #work: Work | null = null;
  #state: EngineState = { models: [], device: { provider: "cpu", fallbackReason: null } };

  constructor(settings: EngineLaunch, events: Events) {
    this.#events = events;
    const { env, ...told } = settings;
    this.#child = new RespawningChild({
      source: "inference/runtime/engine.ts",
      env: { ...env, ENGINE_SETTINGS: JSON.stringify(told) },
      onMessage: (message) => this.#hear(message),
      onStart: () => this.#work && this.#child.send({ type: "paint", order: this.#work.order }),
      onDeath: (cause) => this.#mourn(cause),
    });
  }

  get state(): EngineState {
    return this.#state;
  }

  /** For tests that kill it, and for whoever watches the machine. */
  get pid(): number | undefined {
    return this.#child.pid;
  }

  isAlive(): boolean {
    return this.#child.isAlive;
  }

  holds(modelId: string): boolean {
    return this.#state.models.some(({ id, state }) => id === modelId && state === "ready");
  }

  /** Throws NOT_FOUND, CONFLICT, BUSY, GENERATION_FAILED; UNAVAILABLE while no engine lives, or when it dies of it. */
  act(action: ModelAction, modelId: string): Promise<void> {
    return this.#ask((requestId) => ({ type: "act", requestId, action, modelId }));
  }

  /** Has it look again which models there are. */
  discover(): Promise<void> {
    return this.#ask((requestId) => ({ type: "discover", requestId }));
  }

  #ask(request: (requestId: number) => ToEngine): Promise<void> {
    return new Promise((resolve, reject) => {
      const id = ++this.#lastRequest;
      this.#asked.set(id, { resolve, reject });
      if (!this.#child.send(request(id))) this.#forsake();
    });
  }

  /** Whatever was asked of an engine that is no more. */
  #forsake(): void {
    for (const { reject } of this.#asked.values()) reject(new AriaError("UNAVAILABLE", { dependency: "inference" }));
    this.#asked.clear();
  }

  /** One at a time: whoever calls keeps the queue. */
  paint(order: PaintOrder): Promise<PaintedOrder> {
    return new Promise((resolve, reject) => {
      this.#work = { order, resolve, reject, livesLeft: LIVES_OF_AN_ORDER, isCancelled: false };
      this.#child.send({ type: "paint", order });
    });
  }

  /** One that comes while no engine lives ends the order there and then. */
  cancel(orderId: string): void {
    if (this.#work?.order.orderId === orderId) this.#work.isCancelled = true;
    if (!this.#child.send({ type: "cancel", orderId }))
      this.#settle(orderId, (work) => work.reject(new AriaError("CANCELLED", { orderId })));
  }

  close(): Promise<void> {
    return this.#child.close();
  }

  #hear(message: FromEngine): void {
    switch (message.type) {
      case "models":
        this.#state = { models: message.models, device: message.device };
        break;
      case "progress":
        this.#child.thrives();
        this.#events.onProgress(message.progress);
        break;
      case "stroke":
        this.#events.onStroke(message.stroke);
        break;
      case "painted":
        this.#settle(message.orderId, (work) => work.resolve(message.painted));
        break;
      case "answered": {
        const asked = this.#asked.get(message.requestId);
        this.#asked.delete(message.requestId);
        if (message.failure) asked?.reject(errorFrom(message.failure));
        else asked?.resolve();
        break;
      }
      case "failed":
        this.#settle(message.orderId, (work) => work.reject(errorFrom(message)));
        break;
    }
  }

  #settle(orderId: string, how: (work: Work) => void): void {
    const work = this.#work;
    if (work?.order.orderId !== orderId) return;
    this.#work = null;
    how(work);
  }

  #mourn(cause: string): void {
    this.#events.onDeath(cause);
    this.#forsake();
    const models = this.#state.models.map((card) => ({ ...card, state: "cold" as const, progress: 0, hash: null }));
    this.#state = { ...this.#state, models };
    const work = this.#work;
    if (work?.isCancelled) {
      this.#settle(work.order.orderId, () => work.reject(new AriaError("CANCELLED", { orderId: work.order.orderId })));
    } else if (work && --work.livesLeft === 0) {
      this.#settle(work.order.orderId, () =>
        work.reject(new AriaError("GENERATION_FAILED", { modelId: work.order.modelId, reason: "engine_died" })),
      );
    }
  }
}

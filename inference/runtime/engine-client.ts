/** The parent's side of the engine: starts it, hands it one order at a time, and starts another when it dies. */
import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { AriaError } from "#contracts/errors.ts";
import type { ModelCard, PaintOrder } from "#contracts/generation.ts";
import type { OrderProgress, Stroke } from "#contracts/generation-events.ts";
import type { PaintedOrder } from "#inference/pipelines/paint-order.ts";
import type { EngineLaunch, FromEngine, ToEngine } from "./engine-messages.ts";
import type { Device } from "./session.ts";

const ENGINE = fileURLToPath(new URL("engine.ts", import.meta.url));
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5_000;
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
  readonly #settings: EngineLaunch;
  readonly #events: Events;
  #child: ChildProcess | null = null;
  #work: Work | null = null;
  #state: EngineState = { models: [], device: { provider: "cpu", fallbackReason: null } };
  #pauseMs = FIRST_PAUSE_MS;
  #closed = false;

  constructor(settings: EngineLaunch, events: Events) {
    this.#settings = settings;
    this.#events = events;
    this.#start();
  }

  get state(): EngineState {
    return this.#state;
  }

  /** For tests that kill it, and for whoever watches the machine. */
  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** One at a time: whoever calls keeps the queue. */
  paint(order: PaintOrder): Promise<PaintedOrder> {
    return new Promise((resolve, reject) => {
      this.#work = { order, resolve, reject, livesLeft: LIVES_OF_AN_ORDER, isCancelled: false };
      this.#send({ type: "paint", order });
    });
  }

  /** One that comes while no engine lives ends the order there and then. */
  cancel(orderId: string): void {
    if (this.#work?.order.orderId === orderId) this.#work.isCancelled = true;
    if (this.#child?.connected) this.#send({ type: "cancel", orderId });
    else this.#settle(orderId, (work) => work.reject(new AriaError("CANCELLED", { orderId })));
  }

  async close(): Promise<void> {
    this.#closed = true;
    const child = this.#child;
    if (!child || child.exitCode !== null) return;
    const gone = new Promise((resolve) => child.once("exit", resolve));
    // A run cannot be interrupted, and ending the process during one aborts it: nothing is lost by the short way.
    child.kill("SIGKILL");
    await gone;
  }

  #send(message: ToEngine): void {
    if (this.#child?.connected) this.#child.send(message);
  }

  #start(): void {
    const child = fork(ENGINE, [], {
      execArgv: ["--import", "tsx"],
      serialization: "advanced",
      env: {
        ...this.#settings.env,
        ENGINE_SETTINGS: JSON.stringify({ ...this.#settings, env: undefined }),
        // glibc keeps what a released model held, one arena a thread; these two give it back.
        MALLOC_ARENA_MAX: "1",
        MALLOC_TRIM_THRESHOLD_: "65536",
      },
    });
    this.#child = child;
    child.on("message", (message: FromEngine) => this.#hear(message));
    child.once("exit", (code, signal) => this.#mourn(signal ?? String(code)));
    child.on("error", (error) => {
      // Never born, it will not exit either. Else it is a message it did not live to read, and its exit counts.
      if (child.pid === undefined) this.#mourn(String(error));
    });
    if (this.#work) this.#send({ type: "paint", order: this.#work.order });
  }

  #hear(message: FromEngine): void {
    switch (message.type) {
      case "models":
        this.#state = { models: message.models, device: message.device };
        break;
      case "progress":
        this.#pauseMs = FIRST_PAUSE_MS;
        this.#events.onProgress(message.progress);
        break;
      case "stroke":
        this.#events.onStroke(message.stroke);
        break;
      case "painted":
        this.#settle(message.orderId, (work) => work.resolve(message.painted));
        break;
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

  #mourn(signal: string): void {
    if (this.#closed) return;
    this.#events.onDeath(signal);
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
    setTimeout(() => this.#closed || this.#start(), this.#pauseMs);
    this.#pauseMs = Math.min(this.#pauseMs * 2, LONGEST_PAUSE_MS);
  }
}

function errorFrom({ error, message }: Extract<FromEngine, { type: "failed" }>): Error {
  // Code and facts were typed together where they were thrown.
  return error ? new AriaError(error.code, error.facts as never) : new Error(`the engine failed: ${message}`);
}

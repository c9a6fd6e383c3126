import { AriaError, type ErrorCode, isAriaError } from "#contracts/errors.ts";
import type { PaintOrder } from "#contracts/generation.ts";
import type { OrderProgress } from "#contracts/generation-events.ts";
import type { PaintedOrder } from "#inference/pipelines/paint-order.ts";
import { annotateSpan, span } from "#telemetry/span.ts";

interface Painter {
  paint(order: PaintOrder): Promise<PaintedOrder>;
  cancel(orderId: string): void;
  /** Whether the model is open there: then nothing has to be loaded first. */
  holds(modelId: string): boolean;
  /** False while it is being started again. */
  isAlive(): boolean;
}

interface Waiting {
  readonly order: PaintOrder;
  readonly begin: (painter: Painter) => void;
  readonly refuse: (error: AriaError<"CANCELLED">) => void;
}

/** The engine is another process, and says at the end what took it how long: the sums over all candidates. */
async function paintTimed(painter: Painter, order: PaintOrder): Promise<PaintedOrder> {
  const painted = await painter.paint(order);
  const { text, denoise, decode, total } = painted.timingsMs;
  annotateSpan({
    "aria.model": order.modelId,
    "aria.steps": order.steps,
    "aria.candidates": order.seeds.length,
    "aria.text_ms": text,
    "aria.denoise_ms": denoise,
    "aria.decode_ms": decode,
    "aria.total_ms": total,
  });
  return painted;
}

const MAX_WAITING = 32;
const RETRY_AFTER_MS = 5_000;

/**
 * First come, first painted, on whichever device is free; of several, on one that has the model open. Says BUSY rather
 * than let the line grow without end.
 */
export class OrderQueue {
  readonly #idle: Painter[];
  readonly #announce: (progress: OrderProgress) => void;
  readonly #waiting: Waiting[] = [];
  readonly #painting = new Map<string, Painter>();

  constructor(painters: readonly Painter[], announce: (progress: OrderProgress) => void) {
    this.#idle = [...painters];
    this.#announce = announce;
  }

  /** Orders that are being painted. */
  get painting(): string[] {
    return [...this.#painting.keys()];
  }

  /** How many wait for an engine. */
  get waiting(): number {
    return this.#waiting.length;
  }

  async paint(order: PaintOrder): Promise<PaintedOrder> {
    if (this.#isKnown(order.orderId))
      throw new AriaError("CONFLICT", { reason: "This order is being painted already." });
    const painter = await span("wait for an engine", {}, () => this.#turn(order));
    try {
      const painted = await span("engine paint", {}, () => paintTimed(painter, order));
      this.#tell(order, "painted");
      return painted;
    } catch (error) {
      const code: ErrorCode = isAriaError(error) ? error.code : "GENERATION_FAILED";
      this.#tell(order, code === "CANCELLED" ? "cancelled" : "failed", code);
      throw error;
    } finally {
      this.#painting.delete(order.orderId);
      this.#next(painter);
    }
  }

  /** A waiting order leaves the line at once, a painted one within a step. False when it is neither. */
  cancel(orderId: string): boolean {
    const at = this.#waiting.findIndex(({ order }) => order.orderId === orderId);
    if (at >= 0) {
      const [left] = this.#waiting.splice(at, 1);
      if (left) this.#tell(left.order, "cancelled", "CANCELLED");
      left?.refuse(new AriaError("CANCELLED", { orderId }));
      return true;
    }
    const painter = this.#painting.get(orderId);
    painter?.cancel(orderId);
    return painter !== undefined;
  }

  #isKnown(orderId: string): boolean {
    return this.#painting.has(orderId) || this.#waiting.some(({ order }) => order.orderId === orderId);
  }

  #turn(order: PaintOrder): Promise<Painter> {
    const alive = this.#idle.filter((painter) => painter.isAlive());
    const best = alive.find((painter) => painter.holds(order.modelId)) ?? alive[0] ?? this.#idle[0];
    if (best) {
      this.#idle.splice(this.#idle.indexOf(best), 1);
      this.#painting.set(order.orderId, best);
      return Promise.resolve(best);
    }
    if (this.#waiting.length >= MAX_WAITING) throw new AriaError("BUSY", { retryAfterMs: RETRY_AFTER_MS });
    this.#tell(order, "queued");
    return new Promise((resolve, refuse) => {
      const begin = (painter: Painter) => {
        this.#painting.set(order.orderId, painter);
        resolve(painter);
      };
      this.#waiting.push({ order, begin, refuse });
    });
  }

  #next(painter: Painter): void {
    const next = this.#waiting.shift();
    if (next) next.begin(painter);
    else this.#idle.push(painter);
  }

  #tell({ orderId, seeds, steps }: PaintOrder, state: OrderProgress["state"], code?: ErrorCode): void {
    const candidate = state === "painted" ? seeds.length - 1 : 0;
    const step = state === "painted" ? steps : 0;
    const progress = { orderId, state, candidate, candidates: seeds.length, step, of: steps, remainingMs: null };
    this.#announce(code ? { ...progress, code } : progress);
  }
}

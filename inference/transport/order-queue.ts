import { AriaError, type ErrorCode, isAriaError } from "#contracts/errors.ts";
import type { PaintOrder } from "#contracts/generation.ts";
import type { OrderProgress } from "#contracts/generation-events.ts";
import type { PaintedOrder } from "#inference/pipelines/paint-order.ts";

interface Painter {
  paint(order: PaintOrder): Promise<PaintedOrder>;
  cancel(orderId: string): void;
}

interface Waiting {
  readonly order: PaintOrder;
  readonly begin: () => void;
  readonly refuse: (error: AriaError<"CANCELLED">) => void;
}

const MAX_WAITING = 32;
const RETRY_AFTER_MS = 5_000;

/** First come, first painted: the device is one. Says BUSY rather than let the line grow without end. */
export class OrderQueue {
  readonly #painter: Painter;
  readonly #announce: (progress: OrderProgress) => void;
  readonly #waiting: Waiting[] = [];
  #painting: PaintOrder | null = null;

  constructor(painter: Painter, announce: (progress: OrderProgress) => void) {
    this.#painter = painter;
    this.#announce = announce;
  }

  get painting(): string | null {
    return this.#painting?.orderId ?? null;
  }

  async paint(order: PaintOrder): Promise<PaintedOrder> {
    if (this.#isKnown(order.orderId))
      throw new AriaError("CONFLICT", { reason: "This order is being painted already." });
    await this.#turn(order);
    try {
      const painted = await this.#painter.paint(order);
      this.#tell(order, "painted");
      return painted;
    } catch (error) {
      const code: ErrorCode = isAriaError(error) ? error.code : "GENERATION_FAILED";
      this.#tell(order, code === "CANCELLED" ? "cancelled" : "failed", code);
      throw error;
    } finally {
      this.#painting = null;
      this.#waiting.shift()?.begin();
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
    if (this.painting !== orderId) return false;
    this.#painter.cancel(orderId);
    return true;
  }

  #isKnown(orderId: string): boolean {
    return this.painting === orderId || this.#waiting.some(({ order }) => order.orderId === orderId);
  }

  #turn(order: PaintOrder): Promise<void> {
    if (!this.#painting) {
      this.#painting = order;
      return Promise.resolve();
    }
    if (this.#waiting.length >= MAX_WAITING) throw new AriaError("BUSY", { retryAfterMs: RETRY_AFTER_MS });
    this.#tell(order, "queued");
    return new Promise((resolve, refuse) => {
      const begin = () => {
        this.#painting = order;
        resolve();
      };
      this.#waiting.push({ order, begin, refuse });
    });
  }

  #tell({ orderId, seeds, steps }: PaintOrder, state: OrderProgress["state"], code?: ErrorCode): void {
    const candidate = state === "painted" ? seeds.length - 1 : 0;
    const step = state === "painted" ? steps : 0;
    const progress = { orderId, state, candidate, candidates: seeds.length, step, of: steps, remainingMs: null };
    this.#announce(code ? { ...progress, code } : progress);
  }
}

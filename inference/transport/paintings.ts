import { AriaError, isAriaError } from "#contracts/errors.ts";
import type { PaintOrder, PaintReply } from "#contracts/generation.ts";

interface Painting {
  readonly order: string;
  readonly reply: Promise<PaintReply>;
  askers: number;
  isOver: boolean;
  forget: NodeJS.Timeout | undefined;
}

interface Options {
  /** Throws what the painting failed of. */
  readonly paint: (order: PaintOrder) => Promise<PaintReply>;
  readonly cancel: (orderId: string) => void;
  /** How long an order is painted on when whoever asked for it is gone: a studio that was killed is stood in for meanwhile. */
  readonly heirWithinMs: number;
}

/**
 * What is asked for, each order once however many ask: a second asker for the same waits for the same pictures, so that a
 * studio that takes up what another left behind finds it being painted, or painted.
 */
export class Paintings {
  readonly #options: Options;
  readonly #paintings = new Map<string, Painting>();
  #isClosing = false;

  constructor(options: Options) {
    this.#options = options;
  }

  /** How many are being painted, or were painted and wait for whoever takes them. */
  get size(): number {
    return this.#paintings.size;
  }

  /** Throws CONFLICT where another order goes by this id, and BUSY while this process leaves. */
  ask(order: PaintOrder): { reply: Promise<PaintReply>; leave: (isServed: boolean) => void } {
    const text = JSON.stringify(order);
    const known = this.#paintings.get(order.orderId);
    if (known && known.order !== text)
      throw new AriaError("CONFLICT", { reason: "Another order of this id is being painted already." });
    if (!known && this.#isClosing) throw new AriaError("BUSY", { retryAfterMs: 1_000 });
    const painting = known ?? this.#begin(order, text);
    painting.askers++;
    clearTimeout(painting.forget);
    return { reply: painting.reply, leave: (isServed) => this.#leave(order.orderId, painting, isServed) };
  }

  /** Nothing new is begun, and what nobody waits for is broken off. */
  close(): void {
    this.#isClosing = true;
    for (const [orderId, painting] of this.#paintings) if (painting.askers === 0) this.#abandon(orderId, painting);
  }

  #begin(order: PaintOrder, text: string): Painting {
    const reply = this.#options.paint(order);
    const painting: Painting = { order: text, reply, askers: 0, isOver: false, forget: undefined };
    this.#paintings.set(order.orderId, painting);
    reply.then(
      () => (painting.isOver = true),
      () => this.#paintings.delete(order.orderId),
    );
    return painting;
  }

  #leave(orderId: string, painting: Painting, isServed: boolean): void {
    painting.askers--;
    if (isServed) this.#paintings.delete(orderId);
    if (painting.askers > 0 || this.#paintings.get(orderId) !== painting) return;
    if (this.#isClosing) this.#abandon(orderId, painting);
    else painting.forget = setTimeout(() => this.#abandon(orderId, painting), this.#options.heirWithinMs);
  }

  #abandon(orderId: string, painting: Painting): void {
    clearTimeout(painting.forget);
    if (painting.isOver) this.#paintings.delete(orderId);
    else this.#options.cancel(orderId);
  }
}

/** What is thrown by an engine in a way that nobody foresaw, as whoever asked is told of it. */
export const asEngineFault = (cause: unknown, modelId: string): unknown =>
  isAriaError(cause) ? cause : new AriaError("GENERATION_FAILED", { modelId, reason: "engine_fault" }, { cause });

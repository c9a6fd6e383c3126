import type { Stroke } from "#contracts/generation-events.ts";

/** Of a candidate: at most one a step, and no painting has more steps that are shown. */
const MAX_STROKES = 150;

/** What was shown of the orders that are being painted, kept until they are answered. */
export class StrokeBook {
  readonly #strokes = new Map<string, Stroke[]>();

  add(stroke: Stroke): void {
    const kept = this.#strokes.get(stroke.orderId) ?? [];
    this.#strokes.set(stroke.orderId, kept);
    if (kept.filter(({ candidate }) => candidate === stroke.candidate).length < MAX_STROKES) kept.push(stroke);
  }

  /** JPEGs of each candidate, in their order; nothing of the order is kept any longer. */
  take(orderId: string): ReadonlyMap<number, readonly ArrayBuffer[]> {
    const strokes = this.#strokes.get(orderId) ?? [];
    this.#strokes.delete(orderId);
    const groups = new Map<number, ArrayBuffer[]>();
    for (const { candidate, image } of strokes) groups.set(candidate, [...(groups.get(candidate) ?? []), image]);
    return groups;
  }
}

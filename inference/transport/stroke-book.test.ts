import { expect, it } from "vitest";
import type { Stroke } from "#contracts/generation-events.ts";
import { StrokeBook } from "./stroke-book.ts";

const stroke = (orderId: string, candidate: number, step: number): Stroke => ({
  orderId,
  candidate,
  step,
  of: 8,
  image: Uint8Array.of(step).buffer,
  mediaType: "image/jpeg",
});

it("gives the strokes of each candidate in their order, once", () => {
  const book = new StrokeBook();
  for (const [id, candidate, step] of [
    ["a", 0, 1],
    ["b", 0, 9],
    ["a", 1, 3],
    ["a", 0, 2],
  ] as const)
    book.add(stroke(id, candidate, step));
  const steps = [...book.take("a")].map(([candidate, images]) => [
    candidate,
    images.map((image) => new Uint8Array(image)[0]),
  ]);
  expect(steps).toEqual([
    [0, [1, 2]],
    [1, [3]],
  ]);
  expect(book.take("a").size).toBe(0);
  expect(book.take("b").size).toBe(1);
});

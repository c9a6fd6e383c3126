import { expect, it } from "vitest";
import { slopeOf } from "./heaps.ts";

const MB = 1024 * 1024;
const LOOKS = 30;

it("sees two megabytes a minute, and none where caches have filled and nothing stays", () => {
  const over = (mbPerMinute: number) =>
    Array.from({ length: LOOKS }, (_, i) => ({
      atMs: i * 20_000,
      bytes: (80 + Math.min(i, LOOKS / 3) * 5 + (mbPerMinute * i) / 3 + (i % 2)) * MB,
    }));
  expect(slopeOf(over(2)).mbPerMinute).toBeCloseTo(2, 1);
  expect(slopeOf(over(0)).mbPerMinute).toBeCloseTo(0, 1);
});

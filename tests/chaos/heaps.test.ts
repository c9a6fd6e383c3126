import { expect, it } from "vitest";
import { slopeOf } from "./heaps.ts";

const MB = 1024 * 1024;
const SECONDS = 600;

it("sees two megabytes a minute beneath what is collected again, and none where nothing stays", () => {
  const over = (mbPerMinute: number) =>
    Array.from({ length: SECONDS }, (_, s) => ({
      atMs: s * 1000,
      bytes: (80 + (mbPerMinute * s) / 60 + (s % 20)) * MB,
    }));
  expect(slopeOf(over(2)).mbPerMinute).toBeCloseTo(2, 1);
  expect(slopeOf(over(0)).mbPerMinute).toBeCloseTo(0, 1);
});

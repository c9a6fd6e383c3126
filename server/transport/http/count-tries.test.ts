import { expect, it } from "vitest";
import { countTries } from "./count-tries.ts";

const start = new Date("2026-01-01T00:00:00Z").getTime();

it("tells without counting, each name apart, and lets it be tried again in a quarter of an hour", () => {
  let now = start;
  const tries = countTries(() => new Date(now));
  for (let i = 0; i < 10; i++) {
    expect(tries.waitMs("ada@example.org")).toBeNull();
    tries.wrong("ada@example.org");
  }
  now += 60_000;
  expect(tries.waitMs("ada@example.org")).toBe(14 * 60_000);
  expect(tries.waitMs("bea@example.org")).toBeNull();
  now = start + 15 * 60_000;
  expect(tries.waitMs("ada@example.org")).toBeNull();
});

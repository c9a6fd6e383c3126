import { expect, it } from "vitest";
import { MAX_MANY } from "#contracts/terms.ts";
import { inTurns } from "./in-turns.ts";

it("does more than a call takes in several, in order, and stops at the first that fails", async () => {
  const all = Array.from({ length: 2 * MAX_MANY + 1 }, (_, i) => i);
  const parts = await inTurns(all, async (part) => part);
  expect(parts.map((part) => part.length)).toEqual([MAX_MANY, MAX_MANY, 1]);
  expect(parts.flat()).toEqual(all);
  const tried: number[] = [];
  const failing = inTurns(all, async (part) => {
    tried.push(part.length);
    throw new Error("refused");
  });
  await expect(failing).rejects.toThrow("refused");
  expect(tried).toEqual([MAX_MANY]);
});

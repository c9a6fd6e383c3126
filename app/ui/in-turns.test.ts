import { expect, it } from "vitest";
import { MAX_MANY } from "#contracts/terms.ts";
import { inTurns } from "./in-turns.ts";

const all = Array.from({ length: 2 * MAX_MANY + 1 }, (_, i) => i);

it("does more than a call takes in several, in order", async () => {
  const parts: number[][] = [];
  expect(await inTurns(all, async (part) => parts.push(part))).toEqual(all);
  expect(parts.map((part) => part.length)).toEqual([MAX_MANY, MAX_MANY, 1]);
  expect(parts.flat()).toEqual(all);
});

it("stops at the first that fails, and tells what was done before it", async () => {
  let calls = 0;
  const act = () => (++calls === 2 ? Promise.reject(new Error("refused")) : Promise.resolve());
  expect(await inTurns(all, act)).toEqual(all.slice(0, MAX_MANY));
  expect(calls).toBe(2);
});

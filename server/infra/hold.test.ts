import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { hold } from "./hold.ts";

it("asks once for all who ask within the time, and again after it", async () => {
  let asked = 0;
  const read = hold(async () => ++asked);
  expect(await Promise.all([read(60_000), read(60_000)])).toEqual([1, 1]);
  await sleep(20);
  expect(await read(60_000)).toBe(1);
  expect(await read(10)).toBe(2);
});

import { expect, it } from "vitest";
import { cacheContract } from "#tests/contracts/cache-contract.ts";
import { lruStore } from "./lru-store.ts";

cacheContract("in memory", async (ttlMs) => lruStore({ maxBytes: 1_000_000, ttlMs }));

it("keeps within its bytes, what was asked for last the longest, and nothing that is larger than all of it", async () => {
  const store = lruStore({ maxBytes: 100_000, ttlMs: 60_000 });
  const text = "x".repeat(10_000);
  for (const key of ["a", "b", "c", "d"]) await store.put(key, text);
  await store.get("a");
  for (const key of ["e", "f"]) await store.put(key, text);
  const there = await Promise.all(["a", "b", "c", "d", "e", "f"].map((key) => store.get(key)));
  expect(there.map((one) => one !== null)).toEqual([true, false, false, true, true, true]);
  await store.put("huge", "x".repeat(60_000));
  expect(await store.get("huge")).toBeNull();
  expect(await store.get("a")).toBe(text);
});

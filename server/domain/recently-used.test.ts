import { expect, it } from "vitest";
import { RecentlyUsed } from "./recently-used.ts";

it("holds as many as it may, and gives up what was not asked for longest", () => {
  const held = new RecentlyUsed<string, number>(2);
  held.set("a", 1);
  held.set("b", 2);
  expect(held.get("a")).toBe(1);
  held.set("c", 3);
  expect([held.get("a"), held.get("b"), held.get("c")]).toEqual([1, undefined, 3]);
  held.set("a", 4);
  held.set("d", 5);
  expect([held.get("a"), held.get("c"), held.get("d")]).toEqual([4, undefined, 5]);
});

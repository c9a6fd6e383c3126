import { expect, it } from "vitest";
import { putBefore } from "./put-before.ts";

const all = ["a", "b", "c", "d"];

it.each([
  ["c", "a", "cabd"],
  ["a", "c", "bacd"],
  ["a", "b", "abcd"],
  ["d", "c", "abdc"],
  ["a", null, "bcda"],
  ["d", null, "abcd"],
  ["b", "b", "abcd"],
])("puts %s before %s: %s", (moved, before, after) => {
  expect(putBefore(all, moved, before).join("")).toBe(after);
  expect(all.join("")).toBe("abcd");
});

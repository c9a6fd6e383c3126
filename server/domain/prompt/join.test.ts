import { expect, it } from "vitest";
import { joined } from "./join.ts";

it("joins what there is, and leaves out what there is no room for", () => {
  expect(joined(["a lake", null, "ink wash", "", undefined, "sepia"])).toBe("a lake, ink wash, sepia");
  const long = "x".repeat(1_995);
  expect(joined([long, "ink wash", "fog"])).toBe(`${long}, fog`);
});

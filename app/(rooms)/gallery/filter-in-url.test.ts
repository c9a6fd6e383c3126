import { expect, it } from "vitest";
import { writeFilter } from "./filter-in-url.ts";
import { readFilter } from "./read-filter.ts";

it("reads back what it wrote", () => {
  const address = "q=a+lake&mood=serene&style=oil&loved=1&score=0.6&from=2026-01-01&sort=best";
  expect(writeFilter(readFilter(new URLSearchParams(address)))).toBe(address);
  expect(writeFilter(readFilter(new URLSearchParams("")))).toBe("");
});

it("takes no notice of what does not hold", () => {
  const odd = new URLSearchParams("mood=furious&score=7&from=yesterday&loved=0&sort=worst&q=sea&model=..%2f");
  expect(readFilter(odd)).toEqual({ q: "sea", loved: false, sort: "newest" });
});

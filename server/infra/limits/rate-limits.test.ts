import { expect, it } from "vitest";
import { rateLimits } from "./rate-limits.ts";

it("counts each apart, and says when one may ask again", async () => {
  const limits = rateLimits();
  for (let i = 0; i < 300; i++) expect(await limits.count("write", "ada")).toBeNull();
  const wait = await limits.count("write", "ada");
  expect(wait).toBeGreaterThan(0);
  expect(wait).toBeLessThanOrEqual(60_000);
  expect(await limits.count("write", "bea")).toBeNull();
  expect(await limits.count("read", "ada")).toBeNull();
});

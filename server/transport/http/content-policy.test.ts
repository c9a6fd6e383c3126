import { expect, it } from "vitest";
import { contentPolicy } from "./content-policy.ts";

const sourcesOf = (policy: string, directive: string) =>
  policy
    .split("; ")
    .find((part) => part.startsWith(`${directive} `))
    ?.split(" ")
    .slice(1);

it("lets no script run that does not carry the nonce of its answer, and nobody frame a page", () => {
  const policy = contentPolicy("bm9uY2U=");
  expect(sourcesOf(policy, "script-src")).toEqual(["'nonce-bm9uY2U='", "'strict-dynamic'"]);
  expect(sourcesOf(policy, "default-src")).toEqual(["'self'"]);
  for (const closed of ["object-src", "base-uri", "frame-ancestors"])
    expect(sourcesOf(policy, closed)).toEqual(["'none'"]);
});

import { expect, it } from "vitest";
import { ShareSlug } from "#contracts/shares.ts";
import { newSlug, scryptPasswords } from "./passwords.ts";

it("knows a password again, and no other, by a hash that is another each time", async () => {
  const [one, other] = await Promise.all([scryptPasswords.hash("open sesame"), scryptPasswords.hash("open sesame")]);
  expect(one).not.toBe(other);
  expect(one).not.toContain("sesame");
  expect(await scryptPasswords.verify("open sesame", one)).toBe(true);
  expect(await scryptPasswords.verify("open sesamy", one)).toBe(false);
  expect(await scryptPasswords.verify("open sesame", "")).toBe(false);
  // Written with a ligature or without is the same to whoever types it.
  expect(await scryptPasswords.verify("oﬃce", await scryptPasswords.hash("office"))).toBe(true);
});

it("makes slugs that are share links, each another", () => {
  const slugs = Array.from({ length: 100 }, newSlug);
  for (const slug of slugs) expect(ShareSlug.safeParse(slug).success).toBe(true);
  expect(new Set(slugs).size).toBe(100);
});

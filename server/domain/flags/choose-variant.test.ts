import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import type { FlagSettings } from "#contracts/flags.ts";
import { PersonId } from "#contracts/people.ts";
import { bucketOf, chooseVariant, murmur3 } from "./choose-variant.ts";

/** The vectors that are passed around of MurmurHash3_x86_32 since it was published. */
it.each([
  ["", 0, 0],
  ["", 1, 0x514e28b7],
  ["", 0xffffffff, 0x81f16f39],
  ["test", 0, 0xba6bd213],
  ["test", 0x9747b28c, 0x704b81dc],
  ["Hello, world!", 0, 0xc0363e43],
  ["Hello, world!", 0x9747b28c, 0x24884cba],
  ["The quick brown fox jumps over the lazy dog", 0, 0x2e4ff723],
  ["The quick brown fox jumps over the lazy dog", 0x9747b28c, 0x2fa826cd],
])("hashes %j under %d as everybody does", (text, seed, hash) => {
  expect(murmur3(text, seed)).toBe(hash);
});

const settings = (withLight: number, part: Partial<FlagSettings> = {}): FlagSettings => ({
  isOn: true,
  rules: [],
  shares: { plain: 100 - withLight, "with-light": withLight },
  ...part,
});
const subjects = Array.from({ length: 20_000 }, () => randomUUID());
const given = (withLight: number) =>
  new Set(
    subjects.filter(
      (subject) => chooseVariant("prompt-template", settings(withLight), { subject }).variant !== "plain",
    ),
  );

it("gives a share of subjects its variant, each always the same, and loses none of a canary as it grows", () => {
  const [few, more, half] = [given(5), given(10), given(50)];
  for (const [set, share] of [
    [few, 0.05],
    [more, 0.1],
    [half, 0.5],
  ] as const)
    expect(Math.abs(set.size / subjects.length - share)).toBeLessThan(0.012);
  expect([...few].every((subject) => more.has(subject))).toBe(true);
  expect([...more].every((subject) => half.has(subject))).toBe(true);
  expect(given(5)).toEqual(few);
});

it("chooses for one flag as if there were no other", () => {
  const both = subjects.filter(
    (subject) => bucketOf("prompt-template", subject) < 0.5 && bucketOf("language-model", subject) < 0.5,
  );
  expect(Math.abs(both.length / subjects.length - 0.25)).toBeLessThan(0.02);
});

it("goes by rules first, by what is usual where it is off, and says why and how likely it was", () => {
  const personId = PersonId.parse(randomUUID());
  const rules: FlagSettings["rules"] = [
    { personId, variant: "plain" },
    { role: "admin", variant: "with-light" },
  ];
  const choose = (part: object, of = settings(30, { rules })) =>
    chooseVariant("prompt-template", of, { subject: "one", ...part });
  const ruled = { reason: "TARGETING_MATCH", share: 1 };
  expect(choose({ role: "admin" })).toEqual({ variant: "with-light", ...ruled });
  expect(choose({ role: "admin", personId })).toEqual({ variant: "plain", ...ruled });
  expect(choose({ role: "member" })).toMatchObject({ reason: "SPLIT" });
  expect(choose({}, settings(100))).toEqual({ variant: "with-light", reason: "STATIC", share: 1 });
  expect(choose({}, settings(0))).toEqual({ variant: "plain", reason: "STATIC", share: 1 });
  expect(choose({ role: "admin" }, settings(100, { isOn: false, rules }))).toEqual({
    variant: "plain",
    reason: "DISABLED",
    share: 1,
  });
  const shares = subjects.slice(0, 200).map((subject) => {
    const { variant, share } = chooseVariant("prompt-template", settings(30), { subject });
    return `${variant} ${share}`;
  });
  expect(new Set(shares)).toEqual(new Set(["plain 0.7", "with-light 0.3"]));
});

it("shares three variants out, the usual one what is left", () => {
  const of = { isOn: true, rules: [], shares: { one: 20, three: 50, five: 30 } };
  const counts = new Map<string, number>();
  for (const subject of subjects) {
    const { variant } = chooseVariant("own-candidates", of, { subject });
    counts.set(variant, (counts.get(variant) ?? 0) + 1 / subjects.length);
  }
  expect(counts.get("one")).toBeCloseTo(0.2, 1);
  expect(counts.get("three")).toBeCloseTo(0.5, 1);
  expect(counts.get("five")).toBeCloseTo(0.3, 1);
});

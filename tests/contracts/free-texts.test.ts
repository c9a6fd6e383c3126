import { expect, it } from "vitest";
import { WriteFlagInput } from "#contracts/flags.ts";
import { OverviewInput, TrendsInput } from "#contracts/operations.ts";
import { FATES, freeTexts } from "#tests/free-texts.ts";

/** Nothing shorter does any harm. */
const SHORTEST = "<img>";

it("knows of every text that anybody may word as they like what becomes of it", () => {
  // What is new and kept is written, and looked for, by tests/e2e/policy.spec.ts.
  expect(freeTexts(SHORTEST)).toEqual(Object.keys(FATES).sort());
});

it("takes no text of one's own for a variant of a flag, or for a time zone", () => {
  const shares = { plain: 100, "with-light": 0 };
  const flag = { id: "prompt-template", isOn: true, rules: [], shares };
  expect(WriteFlagInput.safeParse(flag).success).toBe(true);
  for (const odd of [{ rules: [{ role: "member", variant: SHORTEST }] }, { shares: { ...shares, [SHORTEST]: 0 } }])
    expect(WriteFlagInput.safeParse({ ...flag, ...odd }).success).toBe(false);
  for (const input of [OverviewInput, TrendsInput])
    expect(input.safeParse({ timeZone: SHORTEST, days: 7 }).success).toBe(false);
});

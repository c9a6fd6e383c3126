import { expect, it } from "vitest";
import { PersonId } from "#contracts/people.ts";
import { STRICT } from "#contracts/safety.ts";
import { rulesChange, settingsInWords } from "./audit-words.ts";

it("says what is refused that was not, or was, and of words how many, but none of them", () => {
  const before = { ...STRICT, deny: ["windmill", "tulip"], people: ["Ada Lovelace"] };
  const after = {
    ...STRICT,
    refused: STRICT.refused.filter((one) => one !== "gore"),
    deny: ["windmill"],
    allow: ["sea"],
  };
  expect(rulesChange(before, after)).toBe("refused −gore; deny −1; allow +1; people −1");
  expect(rulesChange(after, before)).toBe("refused +gore; deny +1; allow −1; people +1");
  expect(rulesChange(before, { ...before, deny: ["tulip", "barge"] })).toBe("deny +1 −1");
  expect(rulesChange(before, before)).toBe("");
});

it("says of a flag who gets what, and of people how many", () => {
  const personId = PersonId.parse("11111111-1111-4111-8111-111111111111");
  const shares = { plain: 90, "with-light": 10 };
  const rules = [
    { role: "admin", variant: "plain" },
    { personId, variant: "with-light" },
    { personId, variant: "with-light" },
    { personId, variant: "plain" },
  ] as const;
  expect(settingsInWords({ isOn: true, shares, rules: [...rules] })).toBe(
    "on; plain 90 %, with-light 10 %; admin: plain; 2 people: with-light; 1 person: plain",
  );
  expect(settingsInWords({ isOn: false, shares, rules: [] })).toBe("off; plain 90 %, with-light 10 %");
});

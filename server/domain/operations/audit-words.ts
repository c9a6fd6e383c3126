/** What an admin decided, in a few words for the audit: how much of a list is different, and never what stands in it. */
import type { FlagSettings } from "#contracts/flags.ts";
import type { SafetyRules } from "#contracts/safety.ts";

const COUNTED = ["deny", "allow", "people"] as const;

function missingFrom<T>(known: readonly T[], of: readonly T[]): T[] {
  const all = new Set(known);
  return of.filter((one) => !all.has(one));
}

/** As "refused −gore; people +2 −1"; empty where all is as it was. */
export function rulesChange(before: SafetyRules, after: SafetyRules): string {
  const refused = [
    ...missingFrom(before.refused, after.refused).map((category) => ` +${category}`),
    ...missingFrom(after.refused, before.refused).map((category) => ` −${category}`),
  ].join("");
  const counted = COUNTED.map((list) => {
    const [more, fewer] = [
      missingFrom(before[list], after[list]).length,
      missingFrom(after[list], before[list]).length,
    ];
    return [list, `${more > 0 ? ` +${more}` : ""}${fewer > 0 ? ` −${fewer}` : ""}`] as const;
  });
  const changed = [["refused", refused] as const, ...counted].filter(([, change]) => change !== "");
  return changed.map(([list, change]) => list + change).join("; ");
}

/** As "on; plain 90 %, with-light 10 %; admin: plain; 2 people: with-light". */
export function settingsInWords({ isOn, shares, rules }: FlagSettings): string {
  const share = Object.entries(shares).map(([variant, percent]) => `${variant} ${percent} %`);
  const roles = rules.flatMap((rule) => ("role" in rule ? [`${rule.role}: ${rule.variant}`] : []));
  const persons = new Map<string, number>();
  for (const rule of rules) if ("personId" in rule) persons.set(rule.variant, (persons.get(rule.variant) ?? 0) + 1);
  const people = [...persons].map(([variant, count]) => `${count} ${count === 1 ? "person" : "people"}: ${variant}`);
  return [isOn ? "on" : "off", share.join(", "), ...roles, ...people].join("; ");
}

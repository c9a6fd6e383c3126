import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { useTRPC } from "#app/trpc.ts";
import { Button } from "#app/ui/button.tsx";
import { Problem } from "#app/ui/problem.tsx";
import type { FlagRule } from "#contracts/flags.ts";
import type { PersonId } from "#contracts/people.ts";
import { ROLES } from "#contracts/terms.ts";

/** Visitors ask for nothing that a flag decides. */
const ASKING = ROLES.filter((role) => role !== "visitor");

interface Props {
  readonly variants: readonly string[];
  readonly rules: readonly FlagRule[];
  readonly onChange: (rules: FlagRule[]) => void;
}

/** Whoever is named here is given this, before chance decides: the first line that fits. */
export function FlagRules({ variants, rules, onChange }: Props) {
  const t = useTranslations("flags");
  const roles = useTranslations("people.roles");
  const people = useQuery(useTRPC().person.list.queryOptions());
  const whose = (rule: FlagRule): string => ("role" in rule ? `role:${rule.role}` : rule.personId);
  const ruleOf = (who: string, variant: string): FlagRule => {
    const role = ROLES.find((one) => who === `role:${one}`);
    return role ? { role, variant } : { personId: who as PersonId, variant };
  };
  const put = (at: number, rule: FlagRule) => onChange(rules.map((one, i) => (i === at ? rule : one)));
  return (
    <fieldset className="grid gap-2">
      <legend className="mb-2 text-muted text-sm">{t("rules")}</legend>
      {rules.map((rule, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a rule is its place
        <div key={i} className="flex flex-wrap items-center gap-2">
          <select
            aria-label={t("who")}
            className="field w-auto flex-1"
            value={whose(rule)}
            onChange={({ target }) => put(i, ruleOf(target.value, rule.variant))}
          >
            {ASKING.map((role) => (
              <option key={role} value={`role:${role}`}>
                {t("everyRole", { role: roles(role) })}
              </option>
            ))}
            {people.data?.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
          <select
            aria-label={t("gets")}
            className="field w-auto flex-1"
            value={rule.variant}
            onChange={({ target }) => put(i, { ...rule, variant: target.value })}
          >
            {variants.map((variant) => (
              <option key={variant} value={variant}>
                {t(`variants.${variant as "on"}`)}
              </option>
            ))}
          </select>
          <Button onClick={() => onChange(rules.filter((_, at) => at !== i))}>{t("removeRule")}</Button>
        </div>
      ))}
      <Problem error={people.error} />
      <div>
        <Button onClick={() => onChange([...rules, { role: "admin", variant: variants[0]! }])}>{t("addRule")}</Button>
      </div>
    </fieldset>
  );
}

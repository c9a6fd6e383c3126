import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { useTRPC } from "#app/trpc.ts";
import { AuditEntries, useWordsOfAction } from "#app/ui/audit-entries.tsx";
import { Button } from "#app/ui/button.tsx";
import { Problem } from "#app/ui/problem.tsx";
import type { AuditPageInput } from "#contracts/operations.ts";
import { Section } from "./section.tsx";

const PAGE = 20;
type Asked = Pick<AuditPageInput, "personId" | "action">;

/** All that was done with an admin's rights, by whom, the latest first. */
export function AuditLog() {
  const t = useTranslations("admin.audit");
  const trpc = useTRPC();
  const wordsOf = useWordsOfAction();
  const [asked, setAsked] = useState<Asked>({});
  const facets = useQuery(trpc.admin.auditFacets.queryOptions());
  const { data, error, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(
    trpc.admin.audit.infiniteQueryOptions(
      { ...asked, limit: PAGE },
      { getNextPageParam: (page) => (page.length === PAGE ? page.at(-1)?.id : undefined) },
    ),
  );
  const entries = data?.pages.flat() ?? [];
  const people = facets.data?.people ?? [];
  const choose = (part: { [K in keyof Asked]: Asked[K] | undefined }) =>
    setAsked((before) => {
      const { personId, action } = { ...before, ...part };
      return { ...(personId && { personId }), ...(action && { action }) };
    });
  return (
    <Section id="audit" title={t("title")}>
      <div className="grid max-w-xl gap-3 sm:grid-cols-2">
        <Select
          label={t("by")}
          value={asked.personId ?? ""}
          onChange={(id) => choose({ personId: people.find((person) => person.id === id)?.id })}
        >
          <option value="">{t("anybody")}</option>
          {people.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Select>
        <Select
          label={t("what")}
          value={asked.action ?? ""}
          onChange={(action) => choose({ action: action === "" ? undefined : action })}
        >
          <option value="">{t("anything")}</option>
          {facets.data?.actions.map((action) => (
            <option key={action} value={action}>
              {wordsOf(action).replace(/:$/, "")}
            </option>
          ))}
        </Select>
      </div>
      <Problem error={error ?? facets.error} />
      {data && entries.length === 0 && <p className="text-muted text-sm">{t("none")}</p>}
      <AuditEntries entries={entries} />
      {hasNextPage && (
        <Button className="justify-self-start" disabled={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t("further")}
        </Button>
      )}
    </Section>
  );
}

interface SelectProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly children: ReactNode;
}

const Select = ({ label, value, onChange, children }: SelectProps) => (
  <label className="grid gap-1.5">
    <span className="text-muted text-sm">{label}</span>
    <select className="field" value={value} onChange={({ target }) => onChange(target.value)}>
      {children}
    </select>
  </label>
);

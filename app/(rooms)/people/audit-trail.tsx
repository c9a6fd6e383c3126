import { useQuery } from "@tanstack/react-query";
import { useFormatter, useTranslations } from "use-intl";
import { useTRPC } from "#app/trpc.ts";
import { Chapter } from "#app/ui/chapter.tsx";
import { Problem } from "#app/ui/problem.tsx";

/** Newest first. */
export function AuditTrail() {
  const t = useTranslations("people");
  const format = useFormatter();
  const trpc = useTRPC();
  const { data: entries, error } = useQuery(trpc.person.audit.queryOptions());
  const whatOf = (action: string): string => {
    const key = action.replace(".", "_") as "person_create";
    return t.has(`actions.${key}`) ? t(`actions.${key}`) : action;
  };
  return (
    <Chapter title={t("audit")}>
      <Problem error={error} />
      {entries?.length === 0 && <p className="text-muted text-sm">{t("auditEmpty")}</p>}
      <ol className="grid gap-2 text-sm empty:hidden">
        {entries?.map(({ id, at, personName, action, subject }) => (
          <li key={id} className="flex flex-wrap gap-x-4">
            <time dateTime={at.toISOString()} className="text-muted tabular-nums">
              {format.dateTime(at, { dateStyle: "medium", timeStyle: "short" })}
            </time>
            <span className="min-w-0 break-words">{t("did", { who: personName, what: whatOf(action), subject })}</span>
          </li>
        ))}
      </ol>
    </Chapter>
  );
}

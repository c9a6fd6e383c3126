import { useFormatter, useTranslations } from "use-intl";
import type { AuditEntry } from "#contracts/people.ts";

const { timeZone } = Intl.DateTimeFormat().resolvedOptions();

/** A procedure in words; by its own name where nobody has found any. */
export function useWordsOfAction(): (action: string) => string {
  const t = useTranslations("people");
  return (action) => {
    const key = action.replace(".", "_") as "person_create";
    return t.has(`actions.${key}`) ? t(`actions.${key}`) : action;
  };
}

export function AuditEntries({ entries }: { entries: readonly AuditEntry[] }) {
  const t = useTranslations("people");
  const format = useFormatter();
  const whatOf = useWordsOfAction();
  return (
    <ol className="grid gap-2 text-sm empty:hidden">
      {entries.map(({ id, at, personName, action, subject }) => (
        <li key={id} className="flex flex-wrap gap-x-4">
          <time dateTime={at.toISOString()} className="text-muted tabular-nums" suppressHydrationWarning>
            {format.dateTime(at, { dateStyle: "medium", timeStyle: "short", timeZone })}
          </time>
          <span className="min-w-0 break-words">{t("did", { who: personName, what: whatOf(action), subject })}</span>
        </li>
      ))}
    </ol>
  );
}

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

/** What exactly was done, in words where it is one of the few things a procedure does. */
function useWordsOfDetail(): (entry: Pick<AuditEntry, "action" | "detail">) => string {
  const t = useTranslations("people");
  return ({ action, detail }) => {
    const key = `details.${action.replace(".", "_")}.${detail}` as "details.model_act.load";
    return t.has(key) ? t(key) : detail;
  };
}

export function AuditEntries({ entries }: { entries: readonly AuditEntry[] }) {
  const t = useTranslations("people");
  const format = useFormatter();
  const whatOf = useWordsOfAction();
  const exactlyOf = useWordsOfDetail();
  return (
    <ol className="grid gap-2 text-sm empty:hidden">
      {entries.map(({ id, at, personName, action, subject, detail }) => (
        <li key={id} className="flex flex-wrap gap-x-4">
          <time dateTime={at.toISOString()} className="text-muted tabular-nums" suppressHydrationWarning>
            {format.dateTime(at, { dateStyle: "medium", timeStyle: "short", timeZone })}
          </time>
          <span className="min-w-0 break-words">
            {t("did", { who: personName, what: whatOf(action), subject })}
            {detail && <span className="text-muted"> · {exactlyOf({ action, detail })}</span>}
          </span>
        </li>
      ))}
    </ol>
  );
}

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useTranslations } from "use-intl";
import { useTRPC } from "#app/trpc.ts";
import { AuditEntries } from "#app/ui/audit-entries.tsx";
import { Chapter } from "#app/ui/chapter.tsx";
import { Problem } from "#app/ui/problem.tsx";

const SHOWN = 10;

/** The latest, newest first; the rest is where Aria is looked after. */
export function AuditTrail() {
  const t = useTranslations("people");
  const trpc = useTRPC();
  const { data: entries, error } = useQuery(trpc.admin.audit.queryOptions({ limit: SHOWN }));
  return (
    <Chapter title={t("audit")}>
      <Problem error={error} />
      {entries?.length === 0 && <p className="text-muted text-sm">{t("auditEmpty")}</p>}
      <AuditEntries entries={entries ?? []} />
      {entries?.length === SHOWN && (
        <Link href="/admin#audit" className="inline-flex min-h-11 items-center text-accent text-sm">
          {t("auditAll")}
        </Link>
      )}
    </Chapter>
  );
}

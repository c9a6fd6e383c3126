import Link from "next/link";
import { useFormatter, useTranslations } from "use-intl";
import { formatBytes } from "#app/ui/format-bytes.ts";
import type { Attention, Overview } from "#contracts/operations.ts";

/** Where each of them is seen to; null where that is not on a page. */
const PLACES: Readonly<Record<Attention["kind"], string | null>> = {
  check: null,
  model: "/models",
  failed: "#line",
  damagedBackup: "/settings#backups",
  lateBackup: "/settings#backups",
  paused: "#line",
};
/** What was wanted, or has passed. */
const CALM: ReadonlySet<Attention["kind"]> = new Set(["paused", "failed"]);

/** One sentence where all is well; else what is not, what matters most first. */
export function AttentionList({ overview }: { overview: Overview | undefined }) {
  const t = useTranslations("admin");
  const wordsOf = useWords(overview);
  if (!overview) return <p className="min-h-7 text-lg text-muted">{t("looking")}</p>;
  const { attention, waiting, today } = overview;
  const counts = { waiting, done: today.done };
  if (attention.length === 0)
    return (
      <p role="status" className="min-h-7 max-w-prose font-serif text-lg">
        {t("well", counts)}
      </p>
    );
  return (
    <div role="status" className="grid gap-3">
      <p className="font-serif text-lg">{t("unwell", { count: attention.length })}</p>
      <ul className="grid gap-2">
        {attention.map((one) => {
          const place = PLACES[one.kind];
          return (
            <li
              key={JSON.stringify(one)}
              className="flex min-h-11 flex-wrap items-center justify-between gap-x-4 rounded-lg border border-line bg-plinth px-4 text-sm"
            >
              <span className={`min-w-0 py-2 ${CALM.has(one.kind) ? "" : "text-alarm"}`}>{wordsOf(one)}</span>
              {place && (
                <Link href={place} className="inline-flex min-h-11 items-center text-accent">
                  {t("attention.look")}
                </Link>
              )}
            </li>
          );
        })}
      </ul>
      <p className="text-muted text-sm">{t("meanwhile", counts)}</p>
    </div>
  );
}

function useWords(overview: Overview | undefined): (one: Attention) => string {
  const t = useTranslations("admin.attention");
  const format = useFormatter();
  const { freeDiskBytes = null, memory = { usedBytes: 0, totalBytes: 1 } } = overview ?? {};
  return (one) => {
    switch (one.kind) {
      case "check":
        return t(`checks.${one.name}`, {
          free: formatBytes(freeDiskBytes ?? 0),
          used: Math.round((100 * memory.usedBytes) / memory.totalBytes),
        });
      case "lateBackup":
        return one.since === null ? t("noBackup") : t("lateBackup", { at: format.relativeTime(one.since, new Date()) });
      case "model":
        return t("model", { title: one.title });
      case "paused":
        return t("paused", { waiting: one.waiting });
      default:
        return t(one.kind, { count: one.count });
    }
  };
}

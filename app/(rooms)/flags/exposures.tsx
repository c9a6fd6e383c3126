import { useFormatter, useTranslations } from "use-intl";
import type { FlagCard } from "#contracts/flags.ts";

/** Who or what was given which variant so far. */
export function Exposures({ flag: { exposures } }: { flag: FlagCard }) {
  const t = useTranslations("flags");
  const format = useFormatter();
  if (exposures.length === 0) return <p className="text-muted text-sm">{t("noExposures")}</p>;
  return (
    <ul className="grid gap-1 text-sm" aria-label={t("exposures")}>
      {exposures.map(({ variant, subjects, lastAt }) => (
        <li key={variant} className="flex flex-wrap justify-between gap-x-4">
          <span>{t("exposed", { variant: t(`variants.${variant as "on"}`), count: subjects })}</span>
          <time dateTime={lastAt.toISOString()} className="text-muted tabular-nums">
            {format.dateTime(lastAt, { dateStyle: "medium", timeStyle: "short" })}
          </time>
        </li>
      ))}
    </ul>
  );
}

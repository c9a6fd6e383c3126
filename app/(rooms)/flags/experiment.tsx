import { useQuery } from "@tanstack/react-query";
import { useFormatter, useTranslations } from "use-intl";
import { useTRPC } from "#app/trpc.ts";
import { Problem } from "#app/ui/problem.tsx";
import type { FlagName } from "#contracts/flag-names.ts";
import type { Comparison, Experiment } from "#contracts/flags.ts";
import { SequenceChart } from "./sequence-chart.tsx";

const MEAN = { minimumFractionDigits: 2, maximumFractionDigits: 2 } as const;

/** Whether one variant is better than the other, in words; with the bounds, and what they are of. */
export function ExperimentOf({ flag }: { flag: FlagName }) {
  const t = useTranslations("flags");
  const { data, error } = useQuery(useTRPC().flag.experiment.queryOptions(flag));
  return (
    <section aria-label={t("experiment")} className="grid gap-6 rounded-lg border border-line p-4">
      <h3 className="font-serif text-lg">{t("experiment")}</h3>
      <Problem error={error} />
      {data?.comparisons.map((comparison) => (
        <Compared key={comparison.kind} comparison={comparison} alpha={data.alpha} />
      ))}
      <p className="text-muted text-xs">{t("method")}</p>
    </section>
  );
}

function Compared({ comparison, alpha }: { comparison: Comparison } & Pick<Experiment, "alpha">) {
  const t = useTranslations("flags");
  const format = useFormatter();
  const { kind, arms, path, decided } = comparison;
  const [usual, other] = arms;
  const name = (variant: string) => t(`variants.${variant as "on"}`);
  const percent = (value: number) => format.number(value, { style: "percent", maximumFractionDigits: 0 });
  const last = path.at(-1);
  const verdict = decided
    ? t(decided.isBetter ? "decidedBetter" : "decidedWorse", {
        variant: name(other.variant),
        usual: name(usual.variant),
        n: decided.n,
        sure: percent(1 - alpha),
      })
    : t(last ? "undecided" : "nothingYet", { variant: name(other.variant), usual: name(usual.variant) });
  return (
    <div className="grid gap-3">
      <h4 className="text-sm">{t(`kinds.${kind}`)}</h4>
      <p className="text-sm" data-decided={decided !== null}>
        {verdict}
      </p>
      {last && (
        <>
          <SequenceChart path={path} title={t("chart", { variant: name(other.variant), usual: name(usual.variant) })} />
          <p className="text-muted text-sm tabular-nums">
            {t("bounds", {
              lower: format.number(last.lower, { maximumFractionDigits: 2, signDisplay: "always" }),
              upper: format.number(last.upper, { maximumFractionDigits: 2, signDisplay: "always" }),
              n: last.n,
            })}
          </p>
        </>
      )}
      <dl className="grid grid-cols-[1fr_auto_auto] gap-x-4 gap-y-1 text-sm">
        {arms.map(({ variant, count, mean }) => (
          <div key={variant} className="contents">
            <dt>{name(variant)}</dt>
            <dd className="text-right text-muted tabular-nums">{t("counted", { count })}</dd>
            <dd className="text-right tabular-nums">{mean === null ? "–" : format.number(mean, MEAN)}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

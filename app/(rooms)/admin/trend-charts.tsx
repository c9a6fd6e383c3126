import { useFormatter, useTranslations } from "use-intl";
import type { TrendDay } from "#contracts/operations.ts";
import { TrendChart } from "./trend-chart.tsx";

interface Props {
  /** Oldest first; the last is today. */
  readonly days: readonly TrendDay[];
}

const midnightOf = (day: string): Date => new Date(`${day}T00:00:00Z`);
const TWO_DIGITS = { minimumFractionDigits: 2, maximumFractionDigits: 2 };

function useDayName(): (day: string) => string {
  const format = useFormatter();
  return (day) => format.dateTime(midnightOf(day), { day: "numeric", month: "short", timeZone: "UTC" });
}

export function OrdersChart({ days }: Props) {
  const t = useTranslations("admin.trends");
  const dayName = useDayName();
  const newest = days.at(-1);
  const { done, failed, cancelled } = newest ?? { done: 0, failed: 0, cancelled: 0 };
  return (
    <TrendChart
      title={t("orders")}
      said={newest ? t("ordersSay", { done, failed, cancelled, day: dayName(newest.day) }) : ""}
      days={days.map(({ day }) => day)}
      dayName={dayName}
      tell={String}
      isStacked
      series={[
        { name: t("done"), colour: "accent", values: days.map(({ done }) => done) },
        { name: t("failed"), colour: "alarm", values: days.map(({ failed }) => failed) },
        { name: t("cancelled"), colour: "muted", values: days.map(({ cancelled }) => cancelled) },
      ]}
    />
  );
}

export function QualityChart({ days }: Props) {
  const t = useTranslations("admin.trends");
  const criteria = useTranslations("criteria");
  const format = useFormatter();
  const dayName = useDayName();
  const tell = (value: number): string => format.number(value, TWO_DIGITS);
  const newest = days.findLast(({ score }) => score !== null);
  const aesthetic = days.map((day) => day.aesthetic);
  return (
    <TrendChart
      title={t("quality")}
      said={newest ? t("qualitySay", { day: dayName(newest.day), score: tell(newest.score ?? 0) }) : t("qualityNone")}
      days={days.map(({ day }) => day)}
      dayName={dayName}
      tell={tell}
      most={1}
      series={[
        { name: t("score"), colour: "accent", values: days.map(({ score }) => score) },
        { name: criteria("agreement"), colour: "ink", dash: [6, 4], values: days.map(({ agreement }) => agreement) },
        // Where no such critic is installed there is nothing to tell.
        ...(aesthetic.some((value) => value !== null)
          ? [{ name: criteria("aesthetic"), colour: "muted" as const, dash: [2, 3], values: aesthetic }]
          : []),
      ]}
    />
  );
}

export function TimesChart({ days }: Props) {
  const t = useTranslations("admin.trends");
  const format = useFormatter();
  const dayName = useDayName();
  const tell = (seconds: number): string =>
    seconds < 120
      ? t("seconds", { seconds: format.number(seconds, { maximumFractionDigits: seconds < 10 ? 1 : 0 }) })
      : t("minutes", { minutes: format.number(seconds / 60, { maximumFractionDigits: seconds < 600 ? 1 : 0 }) });
  const newest = days.findLast(({ p50Seconds }) => p50Seconds !== null);
  const said = newest
    ? t("timesSay", { day: dayName(newest.day), p50: tell(newest.p50Seconds ?? 0), p95: tell(newest.p95Seconds ?? 0) })
    : t("timesNone");
  return (
    <TrendChart
      title={t("times")}
      said={said}
      days={days.map(({ day }) => day)}
      dayName={dayName}
      tell={tell}
      series={[
        { name: t("p50"), colour: "accent", values: days.map(({ p50Seconds }) => p50Seconds) },
        { name: t("p95"), colour: "ink", dash: [6, 4], values: days.map(({ p95Seconds }) => p95Seconds) },
      ]}
    />
  );
}

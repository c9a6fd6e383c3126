import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { useTRPC } from "#app/trpc.ts";
import { Choices } from "#app/ui/choices.tsx";
import { Problem } from "#app/ui/problem.tsx";
import type { Trends as Measured } from "#contracts/operations.ts";
import { LEAST_ORDERS_OF_A_WORD, ORDERS_READ_FOR_WORDS, TREND_SPANS } from "#contracts/terms.ts";
import { Section } from "./section.tsx";
import { OrdersChart, QualityChart, TimesChart } from "./trend-charts.tsx";

const LOOK_EVERY_MS = 60_000;

/** Day by day, in the zone of whoever looks. */
export function Trends({ timeZone }: { timeZone: string }) {
  const t = useTranslations("admin.trends");
  const trpc = useTRPC();
  const [days, setDays] = useState<(typeof TREND_SPANS)[number]>(30);
  const { data, error } = useQuery(
    trpc.admin.trends.queryOptions(
      { days, timeZone },
      { refetchInterval: LOOK_EVERY_MS, placeholderData: keepPreviousData },
    ),
  );
  return (
    <Section id="trends" title={t("title")}>
      <div className="max-w-xs">
        <Choices
          legend={t("span")}
          value={days}
          options={TREND_SPANS.map((span) => ({ value: span, title: String(span) }))}
          onChange={setDays}
        />
      </div>
      <Problem error={error} />
      <div className="grid min-h-96 content-start gap-8">{data && <Shown measured={data} />}</div>
    </Section>
  );
}

function Shown({ measured: { days, failures, models, words } }: { measured: Measured }) {
  const t = useTranslations("admin.trends");
  const isEmpty = days.every(({ done, failed, cancelled }) => done + failed + cancelled === 0);
  return (
    <>
      {isEmpty ? (
        <p className="text-muted">{t("none")}</p>
      ) : (
        <div className="grid gap-x-10 gap-y-8 lg:grid-cols-2">
          <OrdersChart days={days} />
          <QualityChart days={days} />
          <TimesChart days={days} />
          <div className="grid content-start gap-8 sm:grid-cols-2">
            <Counted
              title={t("failures")}
              none={t("noFailures")}
              rows={failures.map(({ code, count }) => [
                t.has(`codes.${code as "BUSY"}`) ? t(`codes.${code as "BUSY"}`) : code,
                String(count),
              ])}
            />
            <Counted
              title={t("models")}
              none={t("qualityNone")}
              rows={models.map(({ modelId, works }) => [modelId, t("works", { works })])}
            />
          </div>
        </div>
      )}
      <Part title={t("words")}>
        {words.length === 0 ? (
          <p className="text-muted text-sm">{t("noWords", { least: LEAST_ORDERS_OF_A_WORD })}</p>
        ) : (
          <ul className="flex flex-wrap gap-x-5 gap-y-1">
            {words.map(({ word, orders }) => (
              <li key={word} className="text-sm">
                {word} <span className="text-muted tabular-nums">{orders}</span>
              </li>
            ))}
          </ul>
        )}
        <p className="max-w-prose text-muted text-xs">
          {t("wordsNote", { least: LEAST_ORDERS_OF_A_WORD, latest: ORDERS_READ_FOR_WORDS })}
        </p>
      </Part>
    </>
  );
}

const Part = ({ title, children }: { title: string; children: ReactNode }) => (
  <div className="grid content-start gap-2">
    <h3 className="font-medium text-sm">{title}</h3>
    {children}
  </div>
);

const Counted = (props: { title: string; none: string; rows: readonly (readonly [string, string])[] }) => (
  <Part title={props.title}>
    {props.rows.length === 0 && <p className="text-muted text-sm">{props.none}</p>}
    <dl className="grid grid-cols-[1fr_auto] gap-x-4 gap-y-1 text-sm empty:hidden">
      {props.rows.map(([name, count]) => (
        <div key={name} className="contents">
          <dt className="min-w-0 break-words text-muted">{name}</dt>
          <dd className="text-right tabular-nums">{count}</dd>
        </div>
      ))}
    </dl>
  </Part>
);

"use client";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useTranslations } from "use-intl";
import { useTRPC } from "#app/trpc.ts";
import { Problem } from "#app/ui/problem.tsx";
import type { Series } from "#contracts/series.ts";
import { NewSeries } from "./new-series.tsx";
import { Piece } from "./piece.tsx";

const LOOK_EVERY_MS = 5_000;

const isComing = ({ pieces }: Series): boolean =>
  pieces.some(({ state }) => state === "waiting" || state === "painting");

/** Themes explored into several works, and beginning another. */
export function SeriesList() {
  const t = useTranslations("series");
  const trpc = useTRPC();
  const { data, error, isPending } = useQuery(
    trpc.series.list.queryOptions(undefined, {
      refetchInterval: ({ state }) => (state.data?.some(isComing) ? LOOK_EVERY_MS : false),
    }),
  );
  return (
    <div className="grid items-start gap-10 lg:grid-cols-[22rem_1fr] lg:gap-12">
      <NewSeries />
      <div className="grid gap-10">
        <Problem error={error} />
        {!isPending && data?.length === 0 && <p className="text-muted">{t("none")}</p>}
        {data?.map(({ id, theme, pieces, count }) => (
          <section key={id} aria-label={theme} className="grid gap-3">
            <h2 className="flex items-baseline justify-between gap-4">
              <Link href={`/series/${id}`} className="font-serif text-xl hover:text-accent">
                {theme}
              </Link>
              <span className="text-muted text-sm tabular-nums">
                {t("progress", { done: pieces.filter(({ state }) => state === "done").length, count })}
              </span>
            </h2>
            <ul className="grid grid-cols-4 gap-2">
              {pieces.slice(0, 4).map((order) => (
                <Piece key={order.id} order={order} />
              ))}
            </ul>
          </section>
        ))}
      </div>
    </div>
  );
}

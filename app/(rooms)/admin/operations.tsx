"use client";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { useTRPC } from "#app/trpc.ts";
import { Problem } from "#app/ui/problem.tsx";
import { Around } from "./around.tsx";
import { AttentionList } from "./attention-list.tsx";
import { AuditLog } from "./audit-log.tsx";
import { Holdings } from "./holdings.tsx";
import { Learned } from "./learned.tsx";
import { LineOfAll } from "./line-of-all.tsx";
import { Pool } from "./pool.tsx";
import { Trends } from "./trends.tsx";

const LOOK_EVERY_MS = 15_000;
const { timeZone } = Intl.DateTimeFormat().resolvedOptions();

/** How Aria is: first what wants looking at, then everybody's orders, then how she fares and what she holds. */
export function Operations() {
  const t = useTranslations("admin");
  const trpc = useTRPC();
  const { data: overview, error } = useQuery(
    trpc.admin.overview.queryOptions({ timeZone }, { refetchInterval: LOOK_EVERY_MS }),
  );
  return (
    <div className="grid gap-10">
      <header className="grid gap-4">
        <h1 className="font-serif text-3xl">{t("title")}</h1>
        <Problem error={error} />
        <AttentionList overview={overview} />
      </header>
      <LineOfAll />
      <Trends timeZone={timeZone} />
      <Pool />
      <Learned />
      <Holdings overview={overview} />
      <Around overview={overview} />
      <AuditLog />
    </div>
  );
}

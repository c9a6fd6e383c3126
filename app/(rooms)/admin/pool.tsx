import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useTranslations } from "use-intl";
import { ModelRow } from "#app/(rooms)/models/model-row.tsx";
import { useTRPC } from "#app/trpc.ts";
import { formatBytes } from "#app/ui/format-bytes.ts";
import { Problem } from "#app/ui/problem.tsx";
import { Section } from "./section.tsx";

const PULSE_MS = { moving: 1_000, idle: 15_000 };
const MOVING = new Set(["loading", "warming"]);

/** Which models are open, and what they hold. */
export function Pool() {
  const t = useTranslations("admin.pool");
  const models = useTranslations("models");
  const trpc = useTRPC();
  const { data, error } = useQuery(
    trpc.health.whole.queryOptions(undefined, {
      refetchInterval: ({ state }) =>
        state.data?.models.some((model) => MOVING.has(model.state)) ? PULSE_MS.moving : PULSE_MS.idle,
    }),
  );
  const open = data?.models.filter(({ state }) => state === "ready") ?? [];
  const bytes = open.reduce((sum, { residentBytes }) => sum + residentBytes, 0);
  return (
    <Section id="models" title={t("title")}>
      <div className="flex flex-wrap items-center justify-between gap-x-4">
        <p className="text-muted text-sm">
          {data ? t("open", { count: open.length, bytes: formatBytes(bytes) }) : models("looking")}
        </p>
        <Link href="/models" className="inline-flex min-h-11 items-center text-accent text-sm">
          {t("bring")}
        </Link>
      </div>
      <Problem error={error} />
      {data?.models.length === 0 && <p className="text-muted text-sm">{models("waking")}</p>}
      <div className="grid items-start gap-4 empty:hidden lg:grid-cols-2">
        {data?.models.map((model) => (
          <ModelRow key={model.id} model={model} isBrief />
        ))}
      </div>
    </Section>
  );
}

"use client";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { useTranslations } from "use-intl";
import { useTRPC } from "#app/trpc.ts";
import { Problem } from "#app/ui/problem.tsx";
import type { ModelCard } from "#contracts/generation.ts";
import { InstallForm } from "./install-form.tsx";
import { ModelRow } from "./model-row.tsx";
import { Tasks } from "./tasks.tsx";

const PULSE_MS = { busy: 1_000, idle: 10_000 };
const isMoving = ({ state }: ModelCard): boolean => state === "loading" || state === "warming";

/** What she can paint with, what she keeps open, and how to bring in more. */
export function Models() {
  const t = useTranslations("models");
  const trpc = useTRPC();
  const tasks = useQuery(
    trpc.model.tasks.queryOptions(undefined, {
      refetchInterval: ({ state }) =>
        state.data?.some((task) => task.state === "running") ? PULSE_MS.busy : PULSE_MS.idle,
    }),
  );
  const isBusy = tasks.data?.some(({ state }) => state === "running") ?? false;
  const queryClient = useQueryClient();
  useEffect(() => {
    // A task that has ended may have brought a model.
    if (!isBusy) void queryClient.invalidateQueries({ queryKey: trpc.health.whole.queryKey() });
  }, [isBusy, queryClient, trpc]);
  const health = useQuery(
    trpc.health.whole.queryOptions(undefined, {
      refetchInterval: ({ state }) => (isBusy || state.data?.models.some(isMoving) ? PULSE_MS.busy : PULSE_MS.idle),
    }),
  );
  const models = health.data?.models ?? [];
  const problem = health.error ?? tasks.error;
  return (
    <div className="grid gap-10">
      <div className="grid gap-2">
        <h1 className="font-serif text-3xl">{t("title")}</h1>
        <p className="max-w-prose text-muted text-sm">{t("what")}</p>
      </div>
      <Problem error={problem} />
      <section aria-label={t("here")} className="grid gap-3" aria-busy={health.isPending}>
        {models.map((model) => (
          <ModelRow key={model.id} model={model} />
        ))}
        {models.length === 0 && !problem && (
          <p className="h-32 content-center text-muted text-sm">{t(health.isPending ? "looking" : "waking")}</p>
        )}
      </section>
      <Tasks tasks={tasks.data ?? []} />
      <InstallForm />
    </div>
  );
}

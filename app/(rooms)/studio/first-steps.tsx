"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { useEffect, useState } from "react";
import { useTranslations } from "use-intl";
import { useTRPC } from "#app/trpc.ts";
import { Button } from "#app/ui/button.tsx";
import { newId } from "#app/ui/ids.ts";
import { LineIcon } from "#app/ui/line-icon.tsx";
import { Problem } from "#app/ui/problem.tsx";
import type { OrderId } from "#contracts/order.ts";
import { FIRST_THEMES } from "./themes.tsx";

const LOOK_EVERY_MS = 5_000;
const DONE = "first steps";

/** Kept by the browser: each person is new once. */
function useIsNew(): readonly [boolean, () => void] {
  const [isNew, setNew] = useState(false);
  useEffect(() => setNew(localStorage.getItem(DONE) === null), []);
  const leave = () => {
    localStorage.setItem(DONE, "left");
    setNew(false);
  };
  return [isNew, leave];
}

/** The first minutes, by doing: each step is ticked off once it is done, and nothing is shown that was not painted here. */
export function FirstSteps() {
  const t = useTranslations("firstSteps");
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [isNew, leave] = useIsNew();
  const { data } = useQuery(
    trpc.gallery.firstSteps.queryOptions(undefined, { enabled: isNew, refetchInterval: LOOK_EVERY_MS }),
  );
  const place = useMutation(trpc.order.place.mutationOptions());
  const paintSome = async () => {
    for (const prompt of FIRST_THEMES) await place.mutateAsync({ id: newId<OrderId>(), prompt, count: 1 });
    await queryClient.invalidateQueries({ queryKey: trpc.order.pathKey() });
  };
  if (!isNew || !data) return null;
  const steps = [
    { name: "paint", isDone: data.painted, href: null },
    { name: "react", isDone: data.reacted, href: "/gallery" },
    { name: "collect", isDone: data.collected, href: "/gallery" },
  ] as const;
  const isDone = steps.every((step) => step.isDone);
  return (
    <section
      aria-label={t("title")}
      className="grid gap-3 rounded-lg border border-line bg-plinth p-4 text-sm sm:fixed sm:right-6 sm:bottom-6 sm:z-20 sm:w-80 sm:shadow-black/40 sm:shadow-lg"
    >
      <div className="flex items-baseline justify-between gap-3">
        <h2 className="font-serif text-lg">{t(isDone ? "done" : "title")}</h2>
        <button type="button" onClick={leave} className="min-h-9 text-muted text-xs hover:text-ink">
          {t("leave")}
        </button>
      </div>
      <ol className="grid gap-2">
        {steps.map((step) => (
          <li key={step.name} className={`flex items-start gap-3 ${step.isDone ? "text-muted" : ""}`}>
            <span
              aria-hidden
              className={`mt-0.5 grid size-5 shrink-0 place-items-center rounded-full border ${step.isDone ? "border-accent text-accent" : "border-line text-transparent"}`}
            >
              <LineIcon name="kept" />
            </span>
            {step.href && !step.isDone ? (
              <Link href={step.href} className="hover:text-accent">
                {t(step.name)}
              </Link>
            ) : (
              t(step.name)
            )}
            {step.isDone && <span className="sr-only">{t("ticked")}</span>}
          </li>
        ))}
      </ol>
      <Problem error={place.error} />
      {!data.painted && (
        <Button onClick={() => void paintSome().catch(() => {})} disabled={place.isPending || place.isSuccess}>
          {t("some", { count: FIRST_THEMES.length })}
        </Button>
      )}
    </section>
  );
}

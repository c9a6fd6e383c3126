"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useId } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { useTRPC } from "#app/trpc.ts";
import { Button } from "#app/ui/button.tsx";
import { Problem } from "#app/ui/problem.tsx";
import type { Artist, Autonomy } from "#contracts/mind.ts";

const HOURS = Array.from({ length: 24 }, (_, hour) => hour);
const BUDGETS = [1, 2, 3, 4, 6, 8, 12, 24];

/** Whether she paints while nobody looks, when not, and how much. */
export function Alone({ artist, timeZone }: { artist: Artist; timeZone: string }) {
  const t = useTranslations("mind.alone");
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { id, autonomy, name } = artist;
  const plan = usePlan(autonomy, name, timeZone);
  const { mutate, variables, isPending, error } = useMutation(
    trpc.mind.setAutonomy.mutationOptions({
      onSettled: () => queryClient.invalidateQueries({ queryKey: trpc.mind.read.queryKey() }),
    }),
  );
  // What was asked for shows at once, and what became of it as soon as that is known.
  const { isOn, quietFrom, quietTo, dailyBudget } = isPending ? variables : autonomy;
  const keep = (part: Partial<Autonomy>) => mutate({ artistId: id, isOn, quietFrom, quietTo, dailyBudget, ...part });
  return (
    <section aria-labelledby="alone" className="grid gap-4">
      <div className="flex flex-wrap items-center justify-between gap-4">
        <div className="grid gap-1">
          <h2 id="alone" className="font-serif text-xl">
            {t("title")}
          </h2>
          <p role="status" className="max-w-prose text-muted text-sm">
            {plan}
          </p>
        </div>
        <Button disabled={isPending} onClick={() => keep({ isOn: !isOn })}>
          {isOn ? t("stop") : t("start")}
        </Button>
      </div>
      <div className="grid gap-4 sm:grid-cols-3">
        <Select
          disabled={isPending}
          title={t("quietFrom", { timeZone })}
          value={quietFrom}
          options={HOURS}
          told={hour}
          onChange={(value) => keep({ quietFrom: value })}
        />
        <Select
          disabled={isPending}
          title={t("quietTo", { timeZone })}
          value={quietTo}
          options={HOURS}
          told={hour}
          onChange={(value) => keep({ quietTo: value })}
        />
        <Select
          disabled={isPending}
          title={t("dailyBudget")}
          value={dailyBudget}
          options={[...new Set([...BUDGETS, dailyBudget])].sort((a, b) => a - b)}
          told={String}
          onChange={(value) => keep({ dailyBudget: value })}
        />
      </div>
      <Problem error={error} />
    </section>
  );
}

const hour = (value: number): string => `${String(value).padStart(2, "0")}:00`;

/** What she means to do unasked, and when. */
function usePlan({ isOn, nextAt }: Autonomy, name: string, timeZone: string): string {
  const t = useTranslations("mind.alone");
  const format = useFormatter();
  if (!isOn) return t("onlyAsked", { name });
  if (nextAt === null) return t("unplanned", { name });
  if (nextAt < new Date()) return t("anyMoment");
  return t("planned", {
    at: format.dateTime(nextAt, { weekday: "long", hour: "numeric", minute: "2-digit", timeZone }),
  });
}

interface SelectProps {
  readonly title: string;
  readonly value: number;
  readonly options: readonly number[];
  readonly told: (value: number) => string;
  readonly disabled: boolean;
  readonly onChange: (value: number) => void;
}

function Select({ title, value, options, told, disabled, onChange }: SelectProps) {
  const id = useId();
  return (
    <div className="grid gap-1">
      <label htmlFor={id} className="text-muted text-sm">
        {title}
      </label>
      <select
        id={id}
        value={value}
        disabled={disabled}
        onChange={({ target }) => onChange(Number(target.value))}
        className="field"
      >
        {options.map((option) => (
          <option key={option} value={option}>
            {told(option)}
          </option>
        ))}
      </select>
    </div>
  );
}

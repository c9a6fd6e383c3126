"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useId, useState } from "react";
import { useTRPC } from "#app/trpc.ts";
import { Button } from "#app/ui/button.tsx";
import { Problem } from "#app/ui/problem.tsx";
import type { Artist, Autonomy } from "#contracts/mind.ts";

const HOURS = Array.from({ length: 24 }, (_, hour) => hour);
const BUDGETS = [1, 2, 3, 4, 6, 8, 12, 24];
const clock = new Intl.DateTimeFormat("en", { weekday: "long", hour: "numeric", minute: "2-digit" });

/** Whether she paints while nobody looks, when not, and how much. */
export function Alone({ artist }: { artist: Artist }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { id, autonomy, name } = artist;
  const [draft, setDraft] = useState(autonomy);
  const { mutate, isPending, error } = useMutation(
    trpc.mind.setAutonomy.mutationOptions({
      onSuccess: (changed) => {
        setDraft(changed.autonomy);
        return queryClient.invalidateQueries({ queryKey: trpc.mind.read.queryKey() });
      },
    }),
  );
  const { quietFrom, quietTo, dailyBudget } = draft;
  const keep = (part: Partial<Autonomy>) => {
    const next = { ...draft, ...part };
    setDraft(next);
    mutate({
      artistId: id,
      isOn: next.isOn,
      quietFrom: next.quietFrom,
      quietTo: next.quietTo,
      dailyBudget: next.dailyBudget,
    });
  };
  return (
    <section aria-labelledby="alone" className="grid gap-4">
      <div className="flex flex-wrap items-center justify-between gap-4">
        <div className="grid gap-1">
          <h2 id="alone" className="font-serif text-xl">
            On her own
          </h2>
          <p role="status" className="max-w-prose text-muted text-sm" suppressHydrationWarning>
            {planned(autonomy, name)}
          </p>
        </div>
        <Button disabled={isPending} aria-pressed={autonomy.isOn} onClick={() => keep({ isOn: !autonomy.isOn })}>
          {autonomy.isOn ? "Paint only when asked" : "Let her paint unasked"}
        </Button>
      </div>
      <div className="grid gap-4 sm:grid-cols-3">
        <Select
          title="Quiet from"
          value={quietFrom}
          options={HOURS}
          told={hour}
          onChange={(value) => keep({ quietFrom: value })}
        />
        <Select
          title="Quiet until"
          value={quietTo}
          options={HOURS}
          told={hour}
          onChange={(value) => keep({ quietTo: value })}
        />
        <Select
          title="Works a day, at most"
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

function planned({ isOn, nextAt }: Autonomy, name: string): string {
  if (!isOn) return `${name} paints only when somebody asks.`;
  if (nextAt === null) return `${name} has not planned her next work yet.`;
  return nextAt < new Date()
    ? "She means to begin any moment now."
    : `She means to begin her next work on ${clock.format(nextAt)}.`;
}

interface SelectProps {
  readonly title: string;
  readonly value: number;
  readonly options: readonly number[];
  readonly told: (value: number) => string;
  readonly onChange: (value: number) => void;
}

function Select({ title, value, options, told, onChange }: SelectProps) {
  const id = useId();
  return (
    <div className="grid gap-1">
      <label htmlFor={id} className="text-muted text-sm">
        {title}
      </label>
      <select id={id} value={value} onChange={({ target }) => onChange(Number(target.value))} className="field">
        {options.map((option) => (
          <option key={option} value={option}>
            {told(option)}
          </option>
        ))}
      </select>
    </div>
  );
}

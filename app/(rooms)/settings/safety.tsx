"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useId, useState } from "react";
import { useTranslations } from "use-intl";
import { useTRPC } from "#app/trpc.ts";
import { Button } from "#app/ui/button.tsx";
import { Problem } from "#app/ui/problem.tsx";
import { Tick } from "#app/ui/tick.tsx";
import { useTell } from "#app/ui/toaster.tsx";
import type { SafetyRules } from "#contracts/safety.ts";
import { MAX_PROMPT_CHARACTERS, SWITCHABLE_CATEGORIES } from "#contracts/terms.ts";

const LISTS = ["deny", "allow", "people"] as const;

/** What an operator lets be painted: which kinds, and by lists of words; with a sentence to try it on before it is kept. */
export function Safety() {
  const trpc = useTRPC();
  const { data: kept, error } = useQuery(trpc.safety.read.queryOptions());
  return kept ? <Rules kept={kept} /> : <Problem error={error} />;
}

function Rules({ kept }: { kept: SafetyRules }) {
  const t = useTranslations("settings.safety");
  const trpc = useTRPC();
  const tell = useTell();
  const queryClient = useQueryClient();
  const [refused, setRefused] = useState(kept.refused);
  const [lists, setLists] = useState({ deny: told(kept.deny), allow: told(kept.allow), people: told(kept.people) });
  const rules = { refused, deny: read(lists.deny), allow: read(lists.allow), people: read(lists.people) };
  const { mutate, isPending, error } = useMutation(
    trpc.safety.write.mutationOptions({
      onSuccess: () => {
        tell(t("kept"));
        return queryClient.invalidateQueries({ queryKey: trpc.safety.read.queryKey() });
      },
    }),
  );
  return (
    <div className="grid gap-4">
      <p className="text-muted text-sm">{t("intro")}</p>
      <div className="grid gap-1">
        {SWITCHABLE_CATEGORIES.map((category) => (
          <Tick
            key={category}
            isOn={refused.includes(category)}
            onChange={(isOn) =>
              setRefused(isOn ? [...refused, category] : refused.filter((other) => other !== category))
            }
          >
            {t(`categories.${category}`)}
          </Tick>
        ))}
      </div>
      {LISTS.map((list) => (
        <label key={list} className="grid gap-1 text-muted text-sm">
          {t(list)}
          <textarea
            rows={3}
            value={lists[list]}
            onChange={({ target }) => setLists({ ...lists, [list]: target.value })}
            className="field"
          />
        </label>
      ))}
      <Trial rules={rules} />
      <Button onClick={() => mutate(rules)} disabled={isPending} className="justify-self-start">
        {t("keep")}
      </Button>
      <Problem error={error} />
    </div>
  );
}

/** How a sentence would fare by what stands in the form. */
function Trial({ rules }: { rules: SafetyRules }) {
  const t = useTranslations("settings.safety");
  const trpc = useTRPC();
  const id = useId();
  const [text, setText] = useState("");
  const { mutate, data, error, reset } = useMutation(trpc.safety.try.mutationOptions());
  const judge = (event: FormEvent) => {
    event.preventDefault();
    mutate({ text, rules });
  };
  return (
    <form onSubmit={judge} className="grid gap-1 text-sm">
      <label htmlFor={id} className="text-muted">
        {t("try")}
      </label>
      <div className="flex gap-2">
        <input
          id={id}
          required
          value={text}
          maxLength={MAX_PROMPT_CHARACTERS}
          onChange={({ target }) => {
            setText(target.value);
            reset();
          }}
          className="field grow"
        />
        <Button type="submit">{t("judge")}</Button>
      </div>
      <p role="status" className="min-h-5">
        {data !== undefined && (data ? t("refused", { ...data }) : t("passes"))}
      </p>
      <Problem error={error} />
    </form>
  );
}

const told = (words: readonly string[]): string => words.join("\n");

const read = (lines: string): string[] =>
  lines
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);

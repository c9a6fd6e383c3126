"use client";
import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { useTranslations } from "use-intl";
import { useTRPC } from "#app/trpc.ts";
import { Button } from "#app/ui/button.tsx";
import { Choices } from "#app/ui/choices.tsx";
import { newId } from "#app/ui/ids.ts";
import { Problem } from "#app/ui/problem.tsx";
import { retryLost } from "#app/ui/retry-lost.ts";
import type { SeriesDimension, SeriesId } from "#contracts/series.ts";
import { MAX_PROMPT_CHARACTERS, SERIES_DIMENSIONS } from "#contracts/terms.ts";

const COUNTS = [2, 3, 4, 5, 6, 8];

export function NewSeries() {
  const t = useTranslations("series");
  const trpc = useTRPC();
  const router = useRouter();
  const [theme, setTheme] = useState("");
  const [count, setCount] = useState(4);
  const [dimension, setDimension] = useState<SeriesDimension>("light");
  const { mutate, isPending, error } = useMutation(
    trpc.series.place.mutationOptions({
      // Lost on the way, it is sent again, and is the same series.
      retry: retryLost,
      onSuccess: ({ id }) => router.push(`/series/${id}`),
    }),
  );
  function submit(event: FormEvent): void {
    event.preventDefault();
    mutate({ id: newId<SeriesId>(), theme, count, dimension });
  }
  return (
    <form onSubmit={submit} className="grid gap-5">
      <h1 className="font-serif text-3xl">{t("title")}</h1>
      <p className="text-muted text-sm">{t("what")}</p>
      <div className="grid gap-2">
        <label htmlFor="theme" className="text-sm">
          {t("theme")}
        </label>
        <textarea
          id="theme"
          rows={2}
          required
          maxLength={MAX_PROMPT_CHARACTERS}
          value={theme}
          onChange={({ target }) => setTheme(target.value)}
          placeholder={t("themeHint")}
          className="field resize-y"
        />
      </div>
      <Choices
        legend={t("vary")}
        value={dimension}
        options={SERIES_DIMENSIONS.map((value) => ({ value, title: t(`dimensions.${value}`) }))}
        onChange={setDimension}
      />
      <Choices
        legend={t("works")}
        value={count}
        options={COUNTS.map((value) => ({ value, title: String(value) }))}
        onChange={setCount}
      />
      <Button type="submit" look="primary" disabled={isPending || theme.trim() === ""}>
        {t(isPending ? "asking" : "begin")}
      </Button>
      <Problem error={error} />
    </form>
  );
}

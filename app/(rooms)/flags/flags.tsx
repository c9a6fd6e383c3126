"use client";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { useTRPC } from "#app/trpc.ts";
import { Chapter } from "#app/ui/chapter.tsx";
import { Problem } from "#app/ui/problem.tsx";
import { ExperimentOf } from "./experiment.tsx";
import { Exposures } from "./exposures.tsx";
import { FlagForm } from "./flag-form.tsx";

/** What is tried out on some before it is everybody's, and what is known of it by now. */
export function Flags() {
  const t = useTranslations("flags");
  const trpc = useTRPC();
  const { data: flags, error } = useQuery(trpc.flag.list.queryOptions());
  return (
    <div className="mx-auto grid max-w-2xl gap-10">
      <header className="grid gap-2">
        <h1 className="font-serif text-3xl">{t("title")}</h1>
        <p className="text-muted text-sm">{t("note")}</p>
      </header>
      <Problem error={error} />
      {flags?.map((flag) => (
        <Chapter key={flag.name} title={t(`names.${flag.name}`)} className="gap-5 border-line border-t pt-6">
          <p className="text-muted text-sm">{t(`notes.${flag.name}`)}</p>
          <FlagForm flag={flag} />
          <Exposures flag={flag} />
          {flag.isComparable && flag.exposures.length > 0 && <ExperimentOf flag={flag.name} />}
        </Chapter>
      ))}
    </div>
  );
}

"use client";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useTranslations } from "use-intl";
import { useTRPC } from "#app/trpc.ts";
import { BackLink } from "#app/ui/back-link.tsx";
import { buttonClass } from "#app/ui/button.tsx";
import { Problem } from "#app/ui/problem.tsx";
import { TileGrid } from "#app/ui/tile-grid.tsx";
import type { AlikeInput } from "#contracts/gallery.ts";

/** What is nearest to words or to an artwork in the eyes of her scorer, the nearest first. */
export function AlikeView({ input }: { input: AlikeInput }) {
  const t = useTranslations("gallery");
  const trpc = useTRPC();
  const { data, error, isPending } = useQuery(trpc.gallery.alike.queryOptions(input));
  const isWords = "words" in input;
  const heard = data?.heard?.join(", ");
  return (
    <div data-wide className="grid gap-6">
      <BackLink href="/gallery">{t("title")}</BackLink>
      <h1 className="font-serif text-3xl">{isWords ? t("alikeWords", { words: input.words }) : t("alike")}</h1>
      {heard && <p className="text-muted">{t("heard", { heard })}</p>}
      {isWords && data?.heard?.length === 0 && (
        <div className="grid justify-items-start gap-4">
          <p className="text-muted">{t("heardNothing")}</p>
          <Link href={`/gallery?q=${encodeURIComponent(input.words)}`} className={buttonClass("quiet")}>
            {t("byWords")}
          </Link>
        </div>
      )}
      <Problem error={error} />
      {isPending && <div aria-busy className="h-64" />}
      {data && <TileGrid tiles={data.tiles} />}
    </div>
  );
}

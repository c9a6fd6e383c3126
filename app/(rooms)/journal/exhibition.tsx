"use client";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useTranslations } from "use-intl";
import { useTRPC } from "#app/trpc.ts";
import { Chapter } from "#app/ui/chapter.tsx";
import { Picture } from "#app/ui/picture.tsx";
import type { ArtistId } from "#contracts/mind.ts";

/** What was painted since yesterday morning, the best of it; nothing where there was nothing. */
export function Exhibition({ artistId }: { artistId: ArtistId }) {
  const t = useTranslations("journal");
  const trpc = useTRPC();
  const { data: works = [] } = useQuery(trpc.mind.exhibition.queryOptions(artistId));
  if (works.length === 0) return null;
  return (
    <Chapter title={t("hung")} className="gap-3">
      <ul className="grid grid-cols-3 gap-2 sm:grid-cols-5">
        {works.map((work) => (
          <li key={work.id}>
            <Link href={`/artworks/${work.id}`} className="block rounded-sm bg-mat p-1.5" title={work.title}>
              <Picture {...work} alt={work.title} sizes="9rem" className="aspect-square w-full object-cover" />
            </Link>
          </li>
        ))}
      </ul>
    </Chapter>
  );
}

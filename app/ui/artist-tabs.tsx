"use client";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useTranslations } from "use-intl";
import { useTRPC } from "#app/trpc.ts";
import type { ArtistId } from "#contracts/mind.ts";

interface Props {
  /** Null where a page is about all of them. */
  readonly chosen: ArtistId | null;
  /** What leads to all of them; without it there is no such page. */
  readonly all?: string;
}

const TAB =
  "rounded-full border border-line px-3 py-2 text-muted hover:text-ink aria-[current=true]:border-accent aria-[current=true]:text-accent";

/** Whose page it is, where there are several artists. */
export function ArtistTabs({ chosen, all }: Props) {
  const t = useTranslations("common");
  const trpc = useTRPC();
  const pathname = usePathname();
  const { data: artists = [] } = useQuery(trpc.mind.artists.queryOptions());
  if (artists.length < 2) return null;
  return (
    <nav aria-label={t("artists")} className="flex flex-wrap gap-2 text-sm">
      {all && (
        <Link href={pathname} aria-current={chosen === null} className={TAB}>
          {all}
        </Link>
      )}
      {artists.map(({ id, name }) => (
        <Link key={id} href={`${pathname}?artist=${id}`} aria-current={id === chosen} className={TAB}>
          {name}
        </Link>
      ))}
    </nav>
  );
}

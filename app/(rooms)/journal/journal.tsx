"use client";
import { useInfiniteQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useFormatter, useTranslations } from "use-intl";
import { Exhibition } from "#app/(rooms)/journal/exhibition.tsx";
import { useTRPC } from "#app/trpc.ts";
import { ArtistTabs } from "#app/ui/artist-tabs.tsx";
import { Button } from "#app/ui/button.tsx";
import { Problem } from "#app/ui/problem.tsx";
import type { ArtistId, EpisodeKind } from "#contracts/mind.ts";

const PAGE = 40;
const { timeZone } = Intl.DateTimeFormat().resolvedOptions();

interface EntryProps {
  readonly at: Date;
  readonly kind: EpisodeKind;
  readonly text: string;
  readonly artworkId: string | null;
}

/** What she remembers, the latest first, by day. */
export function Journal({ artistId, name }: { artistId: ArtistId; name: string }) {
  const t = useTranslations("journal");
  const format = useFormatter();
  const trpc = useTRPC();
  const { data, error, isPending, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(
    trpc.mind.journal.infiniteQueryOptions(
      { artistId, limit: PAGE },
      { getNextPageParam: (page) => (page.length === PAGE ? page.at(-1)?.id : undefined), refetchOnMount: "always" },
    ),
  );
  const episodes = data?.pages.flat() ?? [];
  const days = new Map<string, typeof episodes>();
  for (const episode of episodes) {
    const date = format.dateTime(episode.at, { dateStyle: "full", timeZone });
    days.set(date, [...(days.get(date) ?? []), episode]);
  }
  return (
    <div className="grid max-w-2xl gap-8">
      <ArtistTabs chosen={artistId} />
      <h1 className="font-serif text-3xl">{t("of", { name })}</h1>
      <Exhibition artistId={artistId} />
      <Problem error={error} />
      {!isPending && episodes.length === 0 && !error && <p className="text-muted">{t("none")}</p>}
      {[...days].map(([date, entries]) => (
        <section key={date} aria-label={date} className="grid gap-3">
          <h2 className="text-muted text-sm">{date}</h2>
          <ol className="grid gap-4">
            {entries.map((entry) => (
              <Entry key={entry.id} {...entry} />
            ))}
          </ol>
        </section>
      ))}
      {hasNextPage && (
        <Button className="justify-self-start" disabled={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t("further")}
        </Button>
      )}
    </div>
  );
}

function Entry({ at, kind, text, artworkId }: EntryProps) {
  const t = useTranslations("journal");
  const format = useFormatter();
  return (
    <li className="grid grid-cols-[4.5rem_1fr] gap-4">
      <time dateTime={at.toISOString()} className="pt-1 text-muted text-xs tabular-nums">
        {format.dateTime(at, { timeStyle: "short", timeZone })}
      </time>
      <div className="grid gap-1">
        <p className="font-serif text-lg leading-snug">{text}</p>
        <p className="text-muted text-xs">
          {artworkId ? (
            <Link href={`/artworks/${artworkId}`} className="underline hover:text-accent">
              {t(`kinds.${kind}`)}
            </Link>
          ) : (
            t(`kinds.${kind}`)
          )}
        </p>
      </div>
    </li>
  );
}

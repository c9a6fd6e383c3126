"use client";
import { useInfiniteQuery } from "@tanstack/react-query";
import Link from "next/link";
import { Exhibition } from "#app/(rooms)/journal/exhibition.tsx";
import { useTRPC } from "#app/trpc.ts";
import { ArtistTabs } from "#app/ui/artist-tabs.tsx";
import { Button } from "#app/ui/button.tsx";
import { Problem } from "#app/ui/problem.tsx";
import type { ArtistId, EpisodeKind } from "#contracts/mind.ts";

const PAGE = 40;
const day = new Intl.DateTimeFormat("en", { dateStyle: "full" });
const time = new Intl.DateTimeFormat("en", { timeStyle: "short" });
const KINDS: Readonly<Record<EpisodeKind, string>> = {
  work: "A work",
  milestone: "A milestone",
  week: "The week",
  encounter: "With you",
  exhibition: "The morning’s exhibition",
};

/** What she remembers, the latest first, by day. */
export function Journal({ artistId, name }: { artistId: ArtistId; name: string }) {
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
    const date = day.format(episode.at);
    days.set(date, [...(days.get(date) ?? []), episode]);
  }
  return (
    <div className="grid max-w-2xl gap-8">
      <ArtistTabs chosen={artistId} />
      <h1 className="font-serif text-3xl">{name}’s journal</h1>
      <Exhibition artistId={artistId} />
      <Problem error={error} />
      {!isPending && episodes.length === 0 && !error && (
        <p className="text-muted">Nothing has happened to her yet. It begins with the first thing she paints.</p>
      )}
      {[...days].map(([date, entries]) => (
        <section key={date} aria-label={date} className="grid gap-3">
          <h2 className="text-muted text-sm">{date}</h2>
          <ol className="grid gap-4">
            {entries.map(({ id, at, kind, text, artworkId }) => (
              <li key={id} className="grid grid-cols-[4.5rem_1fr] gap-4">
                <time dateTime={at.toISOString()} className="pt-1 text-muted text-xs tabular-nums">
                  {time.format(at)}
                </time>
                <div className="grid gap-1">
                  <p className="font-serif text-lg leading-snug">{text}</p>
                  <p className="text-muted text-xs">
                    {artworkId ? (
                      <Link href={`/artworks/${artworkId}`} className="underline hover:text-accent">
                        {KINDS[kind]}
                      </Link>
                    ) : (
                      KINDS[kind]
                    )}
                  </p>
                </div>
              </li>
            ))}
          </ol>
        </section>
      ))}
      {hasNextPage && (
        <Button className="justify-self-start" disabled={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          Further back
        </Button>
      )}
    </div>
  );
}

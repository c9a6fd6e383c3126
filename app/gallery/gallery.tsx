"use client";
import { useInfiniteQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useCallback } from "react";
import { useTRPC } from "#app/trpc.ts";
import { ArtistTabs } from "#app/ui/artist-tabs.tsx";
import { Button, buttonClass } from "#app/ui/button.tsx";
import { Picture } from "#app/ui/picture.tsx";
import { sentenceOf } from "#app/ui/sentence-of.ts";
import type { ArtworkCursor, ArtworkPage, ArtworkTile } from "#contracts/artwork.ts";
import type { ArtistId } from "#contracts/mind.ts";
import { useOnScreen } from "./use-on-screen.ts";

const EAGER_TILES = 8;

interface Props {
  readonly firstPage: ArtworkPage;
  /** Of all artists where it is left out. */
  readonly artistId: ArtistId | undefined;
}

export function Gallery({ firstPage, artistId }: Props) {
  const trpc = useTRPC();
  const query = trpc.artwork.list.infiniteQueryOptions({ artistId }, { getNextPageParam: (page) => page.next });
  const { data, error, fetchNextPage, hasNextPage, isFetchingNextPage, isError } = useInfiniteQuery({
    ...query,
    // What was seen before shows at once; what came since follows.
    refetchOnMount: "always",
    initialData: { pages: [firstPage], pageParams: [null as ArtworkCursor | null] },
  });
  const loadMore = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage && !isError) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, isError, fetchNextPage]);
  const sentinel = useOnScreen(loadMore);
  const artworks = data.pages.flatMap((page) => page.items);
  return (
    <>
      <div className="flex flex-wrap items-center justify-between gap-4 pb-6">
        <h1 className="font-serif text-3xl">Gallery</h1>
        <ArtistTabs chosen={artistId ?? null} all="All" />
      </div>
      {artworks.length === 0 && <EmptyGallery />}
      <ul className="grid grid-cols-2 gap-3 sm:gap-5 md:grid-cols-3 lg:grid-cols-4">
        {artworks.map((artwork, index) => (
          <Tile key={artwork.id} artwork={artwork} eager={index < EAGER_TILES} />
        ))}
      </ul>
      <div ref={sentinel} aria-busy={isFetchingNextPage} className="grid h-16 place-items-center text-muted text-sm">
        {isFetchingNextPage && "Fetching more"}
        {isError && (
          <p role="alert" className="flex items-center gap-4">
            {sentenceOf(error)}
            <Button onClick={() => void fetchNextPage()}>Try again</Button>
          </p>
        )}
      </div>
    </>
  );
}

const Tile = ({ artwork, eager }: { artwork: ArtworkTile; eager: boolean }) => (
  <li data-testid="gallery-tile" className="[contain-intrinsic-size:auto_18rem] [content-visibility:auto]">
    <Link href={`/artworks/${artwork.id}`} className="group block rounded-sm bg-mat p-2 sm:p-3">
      <div className="grid aspect-square place-items-center overflow-hidden bg-plinth">
        <Picture
          {...artwork}
          alt={artwork.title}
          sizes="(min-width: 64rem) 16rem, (min-width: 48rem) 30vw, 45vw"
          eager={eager}
          className="size-full object-cover"
        />
      </div>
      <p className="truncate pt-2 text-muted text-xs group-hover:text-ink">{artwork.title}</p>
    </Link>
  </li>
);

const EmptyGallery = () => (
  <div className="grid justify-items-start gap-4 py-8">
    <p className="text-muted">The walls are still bare: Aria has not painted anything yet.</p>
    <Link href="/" className={buttonClass("primary")}>
      Give her a theme
    </Link>
  </div>
);

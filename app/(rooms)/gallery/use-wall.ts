"use client";
import { useQueries, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useState } from "react";
import { useTRPC } from "#app/trpc.ts";
import type { ArtworkTile } from "#contracts/artwork.ts";
import type { GalleryFilter, GalleryOutline } from "#contracts/gallery.ts";
import { characterOf, OUTLINE_STEP, PAGE_SIZE } from "#contracts/wall-outline.ts";

export interface Wall {
  readonly total: number;
  readonly ratios: string;
  readonly months: GalleryOutline["months"];
  /** Undefined while it is on its way. */
  tileAt(index: number): ArtworkTile | undefined;
  /** Says which part is in sight, so that it is fetched. */
  lookAt(from: number, to: number): void;
  /** All from one place to another, both included, fetched where they are not there yet. */
  tilesBetween(from: number, to: number): Promise<ArtworkTile[]>;
  /** Whether all is known that hangs there. */
  readonly isWhole: boolean;
  readonly error: unknown;
  retry(): void;
}

/** While somebody rushes past, nothing is fetched. */
const SETTLE_MS = 80;
const KEPT_MS = 120_000;
const CHEAP_TOTAL = 10_000;
const LOOK_EVERY_MS = 30_000;

/** Calls once nobody has called for a moment, with what was said last. */
function settled(act: (from: number, to: number) => void): (from: number, to: number) => void {
  let waiting: ReturnType<typeof setTimeout>;
  return (from, to) => {
    clearTimeout(waiting);
    waiting = setTimeout(() => act(from, to), SETTLE_MS);
  };
}

/** The months of what is known before the outline is: in the order they come in. */
function monthsOf(tiles: readonly ArtworkTile[], sort: GalleryFilter["sort"]): GalleryOutline["months"] {
  if (sort === "best") return [];
  const counts = new Map<string, number>();
  for (const { createdAt } of tiles) {
    const month = createdAt.toISOString().slice(0, 7);
    counts.set(month, (counts.get(month) ?? 0) + 1);
  }
  return [...counts].map(([month, count]) => ({ month, count }));
}

/** Everything that hangs by a filter: its outline at once, its artworks as they come into sight. */
export function useWall(filter: GalleryFilter, first: readonly ArtworkTile[]): Wall {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const {
    data: outline,
    error,
    refetch,
  } = useQuery(
    // What came since, by this or another device, is told when one comes back to it.
    trpc.gallery.outline.queryOptions(filter, {
      staleTime: 0,
      refetchOnMount: "always",
      refetchOnWindowFocus: true,
      // What is painted while one looks is hung, where it costs little to look.
      refetchInterval: ({ state }) => ((state.data?.total ?? 0) < CHEAP_TOTAL ? LOOK_EVERY_MS : false),
    }),
  );
  const [[from, to], setSeen] = useState<readonly [number, number]>([0, 0]);
  const blockOptions = useCallback(
    (block: number) => {
      const start = block * PAGE_SIZE;
      const anchor = Math.floor(start / OUTLINE_STEP) - 1;
      const after = outline?.anchors[anchor] ?? null;
      const input = { ...filter, after, skip: start % OUTLINE_STEP };
      return trpc.gallery.page.queryOptions(input, { staleTime: Number.POSITIVE_INFINITY, gcTime: KEPT_MS });
    },
    [trpc, filter, outline],
  );
  // Pages are of the wall as it was outlined: another outline has others.
  useEffect(() => {
    if (outline) void queryClient.invalidateQueries({ queryKey: trpc.gallery.page.queryKey() });
  }, [outline, queryClient, trpc]);
  const [firstBlock, lastBlock] = [Math.floor(from / PAGE_SIZE), Math.floor(Math.max(from, to - 1) / PAGE_SIZE)];
  const blocks = outline?.total ? Array.from({ length: lastBlock - firstBlock + 1 }, (_, i) => firstBlock + i) : [];
  const pages = useQueries({ queries: blocks.map(blockOptions) });
  const ratios = useMemo(
    () => outline?.ratios ?? first.map(({ widthPx, heightPx }) => characterOf(widthPx, heightPx)).join(""),
    [outline, first],
  );
  const months = useMemo(() => outline?.months ?? monthsOf(first, filter.sort), [outline, first, filter.sort]);
  const lookAt = useMemo(() => settled((a: number, b: number) => setSeen([a, b])), []);
  return {
    total: outline?.total ?? first.length,
    ratios,
    months,
    tileAt: (index) => {
      const page = pages[Math.floor(index / PAGE_SIZE) - firstBlock]?.data;
      return page ? page[index % PAGE_SIZE] : first[index];
    },
    lookAt,
    async tilesBetween(a, b) {
      const tiles: ArtworkTile[] = [];
      for (let block = Math.floor(a / PAGE_SIZE); block <= Math.floor(b / PAGE_SIZE); block++)
        tiles.push(...(await queryClient.fetchQuery(blockOptions(block))));
      const offset = Math.floor(a / PAGE_SIZE) * PAGE_SIZE;
      return tiles.slice(a - offset, b - offset + 1);
    },
    isWhole: outline !== undefined,
    error: error ?? pages.find((page) => page.error)?.error ?? null,
    retry: () => void Promise.all([refetch(), ...pages.map((page) => page.refetch())]),
  };
}

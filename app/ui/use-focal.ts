"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "#app/trpc.ts";
import type { ArtworkTile, FocalPoint } from "#contracts/artwork.ts";
import { aspectOf, type Crop, cropAround, type ExportSettings } from "#contracts/exports.ts";

interface Focal {
  readonly focal: FocalPoint;
  /** Null where nothing is cropped. */
  readonly crop: Crop | null;
  /** By a person, and not by saliency. */
  readonly isChosen: boolean;
  /** Shown at once; remembered once it is kept. Null gives it back to saliency. */
  move(to: FocalPoint): void;
  keep(point: FocalPoint | null): void;
}

const clamp = (value: number) => Math.min(Math.max(value, 0), 1);

/** Where a crop of an artwork is taken, and a person's hand on it. */
export function useFocal(tile: ArtworkTile, { frame, paper, bleedMm }: ExportSettings): Focal {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const aspect = aspectOf(tile, { frame, paper, bleedMm });
  const found = useQuery(
    trpc.artwork.focus.queryOptions({ artworkId: tile.id, frame, paper, bleedMm }, { enabled: aspect !== null }),
  );
  const save = useMutation(
    trpc.artwork.setFocal.mutationOptions({
      onSettled: () => queryClient.invalidateQueries({ queryKey: trpc.artwork.focus.queryKey() }),
    }),
  );
  const [moved, setMoved] = useState<FocalPoint | null>(null);
  const focal = moved ?? found.data?.focal ?? { x: 0.5, y: 0.5 };
  return {
    focal,
    crop: aspect === null ? null : cropAround(focal, tile, aspect),
    isChosen: moved !== null || found.data?.isChosen === true,
    move: ({ x, y }) => setMoved({ x: clamp(x), y: clamp(y) }),
    keep(point) {
      const kept = point && { x: clamp(point.x), y: clamp(point.y) };
      setMoved(kept);
      save.mutate({ artworkId: tile.id, focal: kept });
    },
  };
}

"use client";
import { useEffect, useState } from "react";
import type { ArtworkId, ArtworkTile } from "#contracts/artwork.ts";
import type { Wall } from "./use-wall.ts";

export interface Selection {
  readonly tiles: ReadonlyMap<ArtworkId, ArtworkTile>;
  toggle(tile: ArtworkTile, index: number): void;
  /** From the last that was chosen to this one, all that hangs between. */
  extendTo(index: number): Promise<void>;
  clear(): void;
}

/** What was chosen of a wall; kept while it changes under it, and let go of where another is looked at. */
export function useSelection(wall: Wall, address: string): Selection {
  const [tiles, setTiles] = useState<ReadonlyMap<ArtworkId, ArtworkTile>>(new Map());
  const [anchor, setAnchor] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: by what is looked at, and nothing else
  useEffect(() => setTiles(new Map()), [address]);
  return {
    tiles,
    toggle(tile, index) {
      setAnchor(index);
      setTiles((before) => {
        const after = new Map(before);
        if (!after.delete(tile.id)) after.set(tile.id, tile);
        return after;
      });
    },
    async extendTo(index) {
      const between = await wall.tilesBetween(Math.min(anchor, index), Math.max(anchor, index));
      setTiles((before) => new Map([...before, ...between.map((tile) => [tile.id, tile] as const)]));
    },
    clear: () => setTiles(new Map()),
  };
}

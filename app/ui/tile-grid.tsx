import Link from "next/link";
import type { ArtworkTile } from "#contracts/artwork.ts";
import { Picture } from "./picture.tsx";

/** Up to a few hundred artworks, side by side. */
export const TileGrid = ({ tiles }: { tiles: readonly ArtworkTile[] }) => (
  <ul className="grid grid-cols-2 gap-2 sm:grid-cols-3 md:grid-cols-4 xl:grid-cols-6">
    {tiles.map((tile) => (
      <li
        key={tile.id}
        data-testid="gallery-tile"
        className="[contain-intrinsic-size:auto_16rem] [content-visibility:auto]"
      >
        <Link
          href={`/artworks/${tile.id}`}
          prefetch={false}
          title={tile.title}
          className="block aspect-square overflow-hidden rounded-sm bg-plinth"
        >
          <Picture
            {...tile}
            alt={tile.title}
            sizes="(min-width: 80rem) 16vw, (min-width: 48rem) 25vw, 45vw"
            className="size-full object-cover"
          />
        </Link>
      </li>
    ))}
  </ul>
);

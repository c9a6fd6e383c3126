import Link from "next/link";
import type { ReactNode } from "react";
import { Picture } from "#app/ui/picture.tsx";
import type { Artwork, ArtworkTile } from "#contracts/artwork.ts";

const FROM = { variation: "A variation of", style: "In another manner, from", mood: "In another mood, from" } as const;

/** What it was made from, and what was made from it. */
export function Lineage({ artwork: { parent, children } }: { artwork: Artwork }) {
  if (!parent && children.length === 0) return null;
  return (
    <section aria-label="Lineage" className="grid gap-4 border-line border-t pt-6 text-sm">
      {parent && (
        <Row title={FROM[parent.remix]}>
          <Ancestor tile={parent.tile} />
        </Row>
      )}
      {children.length > 0 && (
        <Row title="What came of it">
          {children.map((tile) => (
            <Ancestor key={tile.id} tile={tile} />
          ))}
        </Row>
      )}
    </section>
  );
}

const Row = ({ title, children }: { title: string; children: ReactNode }) => (
  <div className="grid gap-2">
    <h2>{title}</h2>
    <ul className="grid grid-cols-3 gap-2">{children}</ul>
  </div>
);

const Ancestor = ({ tile }: { tile: ArtworkTile }) => (
  <li>
    <Link href={`/artworks/${tile.id}`} title={tile.title} className="block rounded-sm bg-mat p-1.5">
      <Picture {...tile} alt={tile.title} sizes="7rem" className="aspect-square w-full object-cover" />
    </Link>
  </li>
);

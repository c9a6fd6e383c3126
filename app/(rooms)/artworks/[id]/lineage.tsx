"use client";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useTranslations } from "use-intl";
import { useTRPC } from "#app/trpc.ts";
import { Picture } from "#app/ui/picture.tsx";
import type { Artwork } from "#contracts/artwork.ts";
import type { Relative } from "#contracts/gallery.ts";

/** The family of a work as a tree: what it was made from, and what was made from that. */
export function Lineage({ artwork }: { artwork: Artwork }) {
  const t = useTranslations("artwork.lineage");
  const trpc = useTRPC();
  const isAlone = artwork.parent === null && artwork.children.length === 0;
  const { data: family = [] } = useQuery(trpc.gallery.family.queryOptions(artwork.id, { enabled: !isAlone }));
  const [root] = family;
  if (isAlone || !root) return null;
  return (
    <section aria-label={t("title")} className="grid gap-4 border-line border-t pt-6 text-sm">
      <h2>{t("title")}</h2>
      <ul className="-mx-1 overflow-x-auto px-1 pb-2">
        <Branch relative={root} family={family} here={artwork.id} />
      </ul>
    </section>
  );
}

interface BranchProps {
  readonly relative: Relative;
  readonly family: readonly Relative[];
  /** The one whose page it is. */
  readonly here: string;
}

function Branch({ relative: { tile, remix }, family, here }: BranchProps) {
  const t = useTranslations("artwork.lineage");
  const children = family.filter(({ parentId }) => parentId === tile.id);
  const how = remix ? `${t(`from.${remix}`)}: ` : "";
  return (
    <li className="flex items-center">
      <Link
        href={`/artworks/${tile.id}`}
        title={`${how}${tile.title}`}
        aria-current={tile.id === here ? "page" : undefined}
        className="my-1 block size-16 shrink-0 overflow-hidden rounded-sm bg-mat p-1 aria-[current=page]:ring-2 aria-[current=page]:ring-accent"
      >
        <Picture {...tile} alt={tile.title} sizes="4rem" className="size-full object-cover" />
      </Link>
      {children.length > 0 && (
        <>
          <span aria-hidden className="h-px w-4 shrink-0 bg-line" />
          <ul className={children.length > 1 ? "border-line border-l pl-2" : ""}>
            {children.map((child) => (
              <Branch key={child.tile.id} relative={child} family={family} here={here} />
            ))}
          </ul>
        </>
      )}
    </li>
  );
}

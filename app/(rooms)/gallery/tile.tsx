"use client";
import Link from "next/link";
import type { MouseEvent } from "react";
import { useTranslations } from "use-intl";
import { LineIcon } from "#app/ui/line-icon.tsx";
import { Picture } from "#app/ui/picture.tsx";
import type { ArtworkTile } from "#contracts/artwork.ts";

interface Props {
  readonly artwork: ArtworkTile;
  readonly index: number;
  readonly eager: boolean;
  readonly isChosen: boolean;
  /** Something is chosen already: now a click chooses too. */
  readonly isChoosing: boolean;
  readonly onChoose: (range: boolean) => void;
}

export function Tile({ artwork, index, eager, isChosen, isChoosing, onChoose }: Props) {
  const t = useTranslations("gallery");
  const choose = (event: MouseEvent) => {
    event.preventDefault();
    onChoose(event.shiftKey);
  };
  return (
    <div data-place={index} className="group relative size-full">
      <Link
        href={`/artworks/${artwork.id}`}
        prefetch={false}
        draggable={false}
        onClick={(event) => (isChoosing || event.shiftKey) && choose(event)}
        className={`block size-full overflow-hidden bg-plinth transition-[padding] ${isChosen ? "rounded-lg p-3" : "rounded-sm"}`}
      >
        <Picture
          {...artwork}
          alt={artwork.title}
          sizes="(min-width: 90rem) 16rem, (min-width: 56rem) 22vw, 45vw"
          eager={eager}
          className="size-full rounded-sm object-cover"
        />
        <span
          aria-hidden
          className="pointer-events-none absolute inset-x-0 bottom-0 hidden truncate bg-linear-to-t from-black/75 to-transparent px-3 pt-8 pb-2 text-white text-xs opacity-0 transition-opacity group-focus-within:opacity-100 group-hover:opacity-100 sm:block"
        >
          {artwork.title}
        </span>
      </Link>
      <button
        type="button"
        aria-pressed={isChosen}
        aria-label={t("choose", { title: artwork.title })}
        tabIndex={-1}
        onClick={choose}
        className={`absolute top-0 left-0 grid size-11 place-items-center ${isChosen || isChoosing ? "" : "opacity-0 focus-visible:opacity-100 group-focus-within:opacity-100 group-hover:opacity-100"}`}
      >
        <span
          className={`grid size-6 place-items-center rounded-full border-2 ${isChosen ? "border-accent bg-accent text-on-accent" : "border-white/90 bg-black/35 text-transparent"}`}
        >
          <LineIcon name="kept" />
        </span>
      </button>
    </div>
  );
}

"use client";
import Link from "next/link";
import { LineIcon } from "#app/ui/line-icon.tsx";
import { Picture } from "#app/ui/picture.tsx";
import type { Artwork } from "#contracts/artwork.ts";
import { Actions } from "./actions.tsx";
import { Facts } from "./facts.tsx";

export function ArtworkView({ artwork }: { artwork: Artwork }) {
  return (
    <article className="grid gap-6">
      <Link
        href="/gallery"
        className="flex min-h-11 items-center gap-1 justify-self-start text-muted text-sm hover:text-ink"
      >
        <LineIcon name="back" /> Gallery
      </Link>
      <div className="grid items-start gap-8 lg:grid-cols-[1fr_22rem] lg:gap-12">
        <div className="rounded-sm bg-mat p-3 shadow-black/30 shadow-lg sm:p-8">
          <Picture
            {...artwork}
            alt={artwork.prompt}
            sizes="(min-width: 64rem) 44rem, 100vw"
            original
            eager
            className="mx-auto h-auto max-h-[75dvh] w-full object-contain"
          />
        </div>
        <div className="grid gap-6">
          <h1 className="text-balance font-serif text-2xl">{artwork.prompt}</h1>
          <p className="text-muted">{artwork.reason}</p>
          <Actions artwork={artwork} />
          <Facts artwork={artwork} />
        </div>
      </div>
    </article>
  );
}

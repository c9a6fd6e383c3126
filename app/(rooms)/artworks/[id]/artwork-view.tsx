"use client";
import Link from "next/link";
import { LineIcon } from "#app/ui/line-icon.tsx";
import { Picture } from "#app/ui/picture.tsx";
import { Thoughts } from "#app/ui/thoughts.tsx";
import type { Artwork } from "#contracts/artwork.ts";
import { Actions } from "./actions.tsx";
import { Facts } from "./facts.tsx";
import { Lineage } from "./lineage.tsx";
import { Reactions } from "./reactions.tsx";
import { Remix } from "./remix.tsx";

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
            alt={artwork.title}
            sizes="(min-width: 64rem) 44rem, 100vw"
            original
            eager
            className="mx-auto h-auto max-h-[75dvh] w-full object-contain"
          />
        </div>
        <div className="grid gap-6">
          <div className="grid gap-2">
            <h1 className="text-balance font-serif text-3xl">{artwork.title}</h1>
            {artwork.statement && <p className="font-serif text-lg leading-snug">{artwork.statement}</p>}
          </div>
          <Reactions artwork={artwork} />
          <Actions artwork={artwork} />
          <Remix artwork={artwork} />
          <p className="text-muted">{artwork.reason}</p>
          <Facts artwork={artwork} />
          <Lineage artwork={artwork} />
          {artwork.thoughts.length > 0 && (
            <section aria-labelledby="thoughts" className="grid gap-3 border-line border-t pt-6">
              <h2 id="thoughts" className="text-sm">
                What she thought
              </h2>
              <Thoughts thoughts={artwork.thoughts} isThinking={false} />
            </section>
          )}
        </div>
      </div>
    </article>
  );
}

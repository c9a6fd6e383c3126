"use client";
import { useTranslations } from "use-intl";
import { BackLink } from "#app/ui/back-link.tsx";
import { Thoughts } from "#app/ui/thoughts.tsx";
import type { Artwork } from "#contracts/artwork.ts";
import { Actions } from "./actions.tsx";
import { Facts } from "./facts.tsx";
import { Lineage } from "./lineage.tsx";
import { OnMat } from "./on-mat.tsx";
import { Palette } from "./palette.tsx";
import { Reactions } from "./reactions.tsx";
import { Remix } from "./remix.tsx";

export function ArtworkView({ artwork }: { artwork: Artwork }) {
  const t = useTranslations("artwork");
  return (
    <article className="grid gap-6">
      <BackLink href="/gallery">{t("gallery")}</BackLink>
      <div className="grid items-start gap-8 lg:grid-cols-[1fr_22rem] lg:gap-12">
        <div className="grid gap-6 lg:sticky lg:top-6">
          <OnMat artwork={artwork} />
        </div>
        <div className="grid gap-6">
          <div className="grid gap-2">
            <h1 className="text-balance font-serif text-3xl">{artwork.title}</h1>
            {artwork.statement && <p className="font-serif text-lg leading-snug">{artwork.statement}</p>}
          </div>
          <Reactions artwork={artwork} />
          <Actions artwork={artwork} />
          <Remix artwork={artwork} />
          <Palette artwork={artwork} />
          <p className="text-muted">{artwork.reason}</p>
          <Facts artwork={artwork} />
          <Lineage artwork={artwork} />
          {artwork.thoughts.length > 0 && (
            <section aria-labelledby="thoughts" className="grid gap-3 border-line border-t pt-6">
              <h2 id="thoughts" className="text-sm">
                {t("thoughts")}
              </h2>
              <Thoughts thoughts={artwork.thoughts} isThinking={false} />
            </section>
          )}
        </div>
      </div>
    </article>
  );
}

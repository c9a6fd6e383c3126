"use client";
import dynamic from "next/dynamic";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { LineIcon } from "#app/ui/line-icon.tsx";
import { Picture } from "#app/ui/picture.tsx";
import type { Artwork } from "#contracts/artwork.ts";

const Zoom = dynamic(() => import("./zoom.tsx").then((zoom) => zoom.Zoom), { ssr: false });

/** The picture on its mat; from near, and as it was painted. */
export function OnMat({ artwork }: { artwork: Artwork }) {
  const t = useTranslations("artwork");
  const [isNear, setNear] = useState(false);
  const [isWhole, setWhole] = useState(false);
  /** Shown once it is there: without a network the thumbnail stays. */
  const fetchWhole = () => {
    const whole = new Image();
    whole.onload = () => setWhole(true);
    whole.src = artwork.imageUrl;
  };
  /** Counts up, so that pressing again plays it again. */
  const [played, setPlayed] = useState(0);
  return (
    <div className="grid gap-3">
      {/* What is dragged out of the browser is the file itself, fetched when a mouse comes near. */}
      <div
        className="group relative rounded-sm bg-mat p-3 shadow-black/30 shadow-lg sm:p-8"
        onPointerEnter={({ pointerType }) => pointerType === "mouse" && !isWhole && fetchWhole()}
      >
        <Picture
          {...artwork}
          alt={artwork.title}
          sizes="(min-width: 64rem) 44rem, 100vw"
          original={isWhole}
          eager
          className={`mx-auto h-auto w-[min(100%,75dvh*var(--ratio))] ${played > 0 ? "invisible" : ""}`}
        />
        {played > 0 && artwork.filmUrl && (
          <div className="absolute inset-3 sm:inset-8">
            {/* biome-ignore lint/performance/noImgElement: an animation, played from its beginning */}
            <img
              src={`${artwork.filmUrl}?n=${played}`}
              alt={t("filmOf", { title: artwork.title })}
              className="size-full object-contain"
            />
          </div>
        )}
      </div>
      <div className="flex flex-wrap justify-end gap-1">
        {artwork.filmUrl && (
          <button
            type="button"
            onClick={() => setPlayed(played + 1)}
            className="inline-flex min-h-11 items-center gap-2 rounded-lg px-3 text-muted text-sm hover:text-ink"
          >
            <LineIcon name="film" /> {t("film")}
          </button>
        )}
        {played > 0 && (
          <button
            type="button"
            onClick={() => setPlayed(0)}
            className="inline-flex min-h-11 items-center rounded-lg px-3 text-muted text-sm hover:text-ink"
          >
            {t("still")}
          </button>
        )}
        <button
          type="button"
          onClick={() => setNear(true)}
          className="inline-flex min-h-11 items-center gap-2 rounded-lg px-3 text-muted text-sm hover:text-ink"
        >
          <LineIcon name="enlarge" /> {t("near")}
        </button>
      </div>
      {isNear && <Zoom artwork={artwork} onClose={() => setNear(false)} />}
    </div>
  );
}

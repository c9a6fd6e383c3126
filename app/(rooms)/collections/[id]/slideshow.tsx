"use client";
import { useEffect, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { Dialog } from "#app/ui/dialog.tsx";
import { IconButton } from "#app/ui/icon-button.tsx";
import type { ArtworkTile } from "#contracts/artwork.ts";

interface Props {
  readonly artworks: readonly ArtworkTile[];
  readonly title: string;
  readonly onClose: () => void;
}

const SHOWN_MS = 6_000;

/** One after the other on the whole screen, by itself or by the arrow keys; space holds it. */
export function Slideshow({ artworks, title, onClose }: Props) {
  const t = useTranslations("collections");
  const [at, setAt] = useState(0);
  const [isRunning, setRunning] = useState(true);
  const count = artworks.length;
  const artwork = artworks[at % count];
  const upcoming = artworks[(at + 1) % count];
  const go = (by: number) => setAt((before) => (before + by + count) % count);
  const step = useRef(go);
  step.current = go;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a picture that was gone to by hand is shown as long as any other
  useEffect(() => {
    if (!isRunning || count < 2) return;
    const next = setTimeout(() => step.current(1), SHOWN_MS);
    return () => clearTimeout(next);
  }, [at, isRunning, count]);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const { key } = event;
      if (key === " ") {
        // Not the button that happens to have the focus.
        event.preventDefault();
        setRunning((running) => !running);
      }
      if (key === "ArrowRight") step.current(1);
      if (key === "ArrowLeft") step.current(-1);
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);
  if (!artwork || !upcoming) return null;
  return (
    <Dialog title={title} onClose={onClose} whole>
      <div className="grid min-h-0 grid-rows-[1fr_auto] gap-3 px-4 pb-4">
        <div className="relative min-h-0">
          {/* biome-ignore lint/performance/noImgElement: the PNG itself, as large as the screen */}
          <img
            key={artwork.id}
            src={artwork.imageUrl}
            alt={artwork.title}
            className="appear absolute inset-0 size-full object-contain"
          />
          <link rel="preload" as="image" href={upcoming.imageUrl} />
        </div>
        <div className="flex items-center gap-2">
          <p aria-live="polite" className="flex-1 truncate font-serif text-lg">
            {artwork.title}
          </p>
          <p className="text-muted text-sm tabular-nums">
            {at + 1} / {count}
          </p>
          <IconButton icon="back" label={t("previous")} onClick={() => go(-1)} />
          <IconButton
            icon={isRunning ? "pause" : "play"}
            label={t(isRunning ? "pause" : "play")}
            onClick={() => setRunning(!isRunning)}
          />
          <IconButton icon="next" label={t("next")} onClick={() => go(1)} />
        </div>
      </div>
    </Dialog>
  );
}

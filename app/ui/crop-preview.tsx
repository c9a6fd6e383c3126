"use client";
import type { KeyboardEvent, PointerEvent } from "react";
import { useTranslations } from "use-intl";
import type { ArtworkTile } from "#contracts/artwork.ts";
import type { ExportSettings } from "#contracts/exports.ts";
import { useFocal } from "./use-focal.ts";

const NUDGE = 0.05;
const WAYS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-NUDGE, 0],
  ArrowRight: [NUDGE, 0],
  ArrowUp: [0, -NUDGE],
  ArrowDown: [0, NUDGE],
};
const percent = (part: number, whole: number) => `${(100 * part) / whole}%`;

/** The whole picture with what is kept of it in sight; dragged, or moved by the arrow keys, and remembered. */
export function CropPreview({ tile, settings }: { tile: ArtworkTile; settings: ExportSettings }) {
  const t = useTranslations("export");
  const { focal, crop, isChosen, move, keep } = useFocal(tile, settings);
  const drag = (event: PointerEvent<HTMLElement>) => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const box = event.currentTarget.getBoundingClientRect();
    move({ x: (event.clientX - box.left) / box.width, y: (event.clientY - box.top) / box.height });
  };
  const nudge = (event: KeyboardEvent) => {
    const way = WAYS[event.key];
    if (!way) return;
    event.preventDefault();
    keep({ x: focal.x + way[0], y: focal.y + way[1] });
  };
  return (
    <div className="grid justify-items-center gap-2">
      <div
        className="relative h-72 max-h-[40dvh] max-w-full overflow-hidden"
        style={{ aspectRatio: `${tile.widthPx} / ${tile.heightPx}` }}
      >
        {/* biome-ignore lint/performance/noImgElement: the picture that is exported, whole */}
        <img
          src={`${tile.imageUrl}/640.webp`}
          alt={tile.title}
          draggable={false}
          className="size-full object-contain"
        />
        {crop && (
          <button
            type="button"
            aria-label={t("move")}
            onPointerDown={(event) => {
              event.currentTarget.setPointerCapture(event.pointerId);
              drag(event);
            }}
            onPointerMove={drag}
            onPointerUp={() => keep(focal)}
            onKeyDown={nudge}
            className="absolute inset-0 cursor-move touch-none overflow-hidden"
          >
            <span
              data-testid="crop"
              className="absolute rounded-sm ring-2 ring-white/90"
              style={{
                left: percent(crop.leftPx, tile.widthPx),
                top: percent(crop.topPx, tile.heightPx),
                width: percent(crop.widthPx, tile.widthPx),
                height: percent(crop.heightPx, tile.heightPx),
                boxShadow: "0 0 0 100rem rgb(0 0 0 / 0.6)",
              }}
            />
          </button>
        )}
      </div>
      {crop && (
        <p className="flex min-h-10 items-center gap-3 text-muted text-sm">
          {t("moveNote")}
          {isChosen && (
            <button type="button" onClick={() => keep(null)} className="min-h-10 text-ink underline">
              {t("automatic")}
            </button>
          )}
        </p>
      )}
    </div>
  );
}

"use client";
import { useQueries } from "@tanstack/react-query";
import { useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { useTRPC } from "#app/trpc.ts";
import { Dialog } from "#app/ui/dialog.tsx";
import { Problem } from "#app/ui/problem.tsx";
import type { Artwork, ArtworkTile } from "#contracts/artwork.ts";
import { SAMPLER_TITLES } from "#contracts/terms.ts";

interface Props {
  readonly tiles: readonly [ArtworkTile, ArtworkTile];
  readonly onClose: () => void;
}

/** One over the other with a line to draw between them, and what they were painted with where it differs. */
export function Compare({ tiles, onClose }: Props) {
  const t = useTranslations("gallery");
  const trpc = useTRPC();
  const [share, setShare] = useState(50);
  const [left, right] = useQueries({ queries: tiles.map(({ id }) => trpc.artwork.byId.queryOptions(id)) });
  const [under, over] = tiles;
  return (
    <Dialog title={t("compareTitle", { left: under.title, right: over.title })} onClose={onClose} whole>
      <div className="grid min-h-0 content-start gap-6 overflow-y-auto px-4 pb-6 lg:grid-cols-[1fr_22rem]">
        <div className="relative mx-auto aspect-square max-h-[75dvh] w-full max-w-[75dvh] touch-pan-y overflow-hidden bg-plinth has-focus-visible:outline-2 has-focus-visible:outline-accent">
          {[over, under].map((tile, i) => (
            // biome-ignore lint/performance/noImgElement: the PNGs themselves, to be compared to the pixel
            <img
              key={tile.id}
              src={tile.imageUrl}
              alt={tile.title}
              className="absolute inset-0 size-full object-contain"
              style={i === 1 ? { clipPath: `inset(0 ${100 - share}% 0 0)` } : undefined}
            />
          ))}
          <div
            className="pointer-events-none absolute inset-y-0 w-0.5 bg-white mix-blend-difference"
            style={{ left: `${share}%` }}
          />
          <input
            type="range"
            min={0}
            max={100}
            value={share}
            onChange={({ target }) => setShare(Number(target.value))}
            aria-label={t("compareSlider")}
            className="absolute inset-0 size-full cursor-ew-resize opacity-0"
          />
        </div>
        {left?.data && right?.data ? (
          <Differences left={left.data} right={right.data} />
        ) : (
          <Problem error={left?.error ?? right?.error} />
        )}
      </div>
    </Dialog>
  );
}

function Differences({ left, right }: { left: Artwork; right: Artwork }) {
  const t = useTranslations("gallery");
  const format = useFormatter();
  const tellOf = ({ prompt, mood, settings, seed, score, createdAt }: Artwork) => ({
    prompt,
    mood: mood ?? "",
    modelId: settings.modelId,
    seed: String(seed),
    sampler: SAMPLER_TITLES[settings.sampler],
    steps: String(settings.steps),
    guidance: String(settings.guidance),
    underpainting: settings.underpainting === null ? "" : String(settings.underpainting),
    size: `${settings.widthPx} × ${settings.heightPx}`,
    score: score.toFixed(2),
    painted: format.dateTime(createdAt, { dateStyle: "medium" }),
  });
  const [one, other] = [tellOf(left), tellOf(right)];
  const parts = Object.keys(one) as (keyof typeof one)[];
  const differing = parts.filter((part) => one[part] !== other[part]);
  const alike = parts.filter((part) => one[part] === other[part] && one[part] !== "");
  return (
    <div className="grid content-start gap-4 text-sm">
      <table className="w-full border-collapse align-top">
        <caption className="pb-2 text-left font-serif text-lg">{t("differs")}</caption>
        <tbody>
          {differing.map((part) => (
            <tr key={part} className="border-line border-t align-top">
              <th scope="row" className="py-2 pr-3 text-left font-normal text-muted">
                {t(`settings.${part}`)}
              </th>
              <td className="w-2/5 py-2 pr-3 break-words">{one[part] || t("none")}</td>
              <td className="w-2/5 py-2 break-words">{other[part] || t("none")}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {alike.length > 0 && (
        <p className="text-muted">
          {t("alikeIn")} {alike.map((part) => `${t(`settings.${part}`)} ${one[part]}`).join(" · ")}
        </p>
      )}
    </div>
  );
}

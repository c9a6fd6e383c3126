"use client";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { useTell } from "#app/ui/toaster.tsx";
import type { Artwork } from "#contracts/artwork.ts";

const LOOKED_AT_PX = 96;
const SHOWN = 6;

interface Colour {
  readonly hex: string;
  /** Share of the picture, 0..1. */
  readonly area: number;
}

/** The colours of a picture by their share of it: extract-colors 4 on a thumbnail. */
async function coloursOf(imageUrl: string): Promise<Colour[]> {
  const { extractColors } = await import("extract-colors");
  const image = new Image();
  image.src = `${imageUrl}/320.webp`;
  await image.decode();
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [LOOKED_AT_PX, LOOKED_AT_PX];
  const pen = canvas.getContext("2d");
  if (!pen) return [];
  pen.drawImage(image, 0, 0, LOOKED_AT_PX, LOOKED_AT_PX);
  const colours = await extractColors(pen.getImageData(0, 0, LOOKED_AT_PX, LOOKED_AT_PX), { distance: 0.18 });
  return colours.sort((a, b) => b.area - a.area).slice(0, SHOWN);
}

/** What it is painted in; a press copies a colour. */
export function Palette({ artwork }: { artwork: Artwork }) {
  const t = useTranslations("artwork");
  const tell = useTell();
  const { data: colours = [] } = useQuery({
    queryKey: ["palette", artwork.imageUrl],
    queryFn: () => coloursOf(artwork.imageUrl),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const copy = async (hex: string) => {
    await navigator.clipboard.writeText(hex);
    tell(t("copied", { hex }));
  };
  return (
    <ul aria-label={t("palette")} className="flex h-11 overflow-hidden rounded-lg bg-mat">
      {colours.map(({ hex, area }) => (
        <li
          key={hex}
          style={{ flexGrow: Math.max(area, 0.08), backgroundColor: hex }}
          className="min-w-8 flex-1 basis-0"
        >
          <button
            type="button"
            onClick={() => void copy(hex)}
            aria-label={t("copy", { hex })}
            title={hex}
            className="size-full"
          />
        </li>
      ))}
    </ul>
  );
}

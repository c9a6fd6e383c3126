"use client";
import { TransformComponent, TransformWrapper, useControls } from "react-zoom-pan-pinch";
import { useTranslations } from "use-intl";
import { Dialog } from "#app/ui/dialog.tsx";
import type { Artwork } from "#contracts/artwork.ts";

const STEP = 0.6;
const MOST = 12;

/** The picture on the whole screen: zoomed by wheel, pinch, double click or plus and minus, and moved about. */
export function Zoom({ artwork, onClose }: { artwork: Artwork; onClose: () => void }) {
  return (
    <Dialog title={artwork.title} onClose={onClose} whole>
      <TransformWrapper maxScale={MOST} centerOnInit wheel={{ step: 0.2 }} doubleClick={{ mode: "toggle" }}>
        <div className="relative min-h-0">
          <TransformComponent wrapperClass="!size-full" contentClass="!size-full">
            {/* biome-ignore lint/performance/noImgElement: the PNG itself, to its pixels */}
            <img src={artwork.imageUrl} alt={artwork.title} draggable={false} className="size-full object-contain" />
          </TransformComponent>
          <Controls />
        </div>
      </TransformWrapper>
    </Dialog>
  );
}

function Controls() {
  const t = useTranslations("artwork");
  const { zoomIn, zoomOut, resetTransform } = useControls();
  const acts = [
    { label: t("zoomOut"), sign: "−", act: () => zoomOut(STEP) },
    { label: t("zoomReset"), sign: "1:1", act: () => resetTransform() },
    { label: t("zoomIn"), sign: "+", act: () => zoomIn(STEP) },
  ];
  return (
    <div className="absolute bottom-4 left-1/2 flex -translate-x-1/2 gap-1 rounded-xl border border-line bg-mat p-1">
      {acts.map(({ label, sign, act }) => (
        <button
          key={sign}
          type="button"
          aria-label={label}
          onClick={act}
          className="grid size-11 place-items-center rounded-lg text-sm hover:bg-plinth"
        >
          {sign}
        </button>
      ))}
    </div>
  );
}

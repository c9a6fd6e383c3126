"use client";
import { type ChangeEvent, type DragEvent, type PointerEvent, useState } from "react";
import { useTranslations } from "use-intl";
import { Button } from "#app/ui/button.tsx";
import { BRUSHES, type Brush, PAINTS, type Paint, SketchTools } from "./sketch-tools.tsx";
import { useSheet } from "./use-sheet.ts";

interface Props {
  readonly widthPx: number;
  readonly heightPx: number;
  /** Gives the sketch as it stands when asked for; null while the sheet is blank. */
  readonly onChange: (sketch: (() => Promise<Blob>) | null) => void;
}

const LONG_SIDE_PX = 512;

/** A sheet to draw on, or to drop a picture on, that she paints over instead of a sketch of her own. */
export function OwnSketch({ widthPx, heightPx, onChange }: Props) {
  const t = useTranslations("studio.sketching");
  const [paint, setPaint] = useState<Paint>("sky");
  const [brush, setBrush] = useState<Brush>("broad");
  const [problem, setProblem] = useState<string | null>(null);
  const scale = LONG_SIDE_PX / Math.max(widthPx, heightPx);
  const [width, height] = [Math.round(widthPx * scale), Math.round(heightPx * scale)];
  const { canvas, sheet, act, isBlank, canUndo } = useSheet({ width, height, onChange });

  const stroke = (event: PointerEvent<HTMLCanvasElement>) => {
    const { currentTarget, clientX, clientY, type, pointerId, button, isPrimary } = event;
    const box = currentTarget.getBoundingClientRect();
    const [x, y] = [((clientX - box.left) / box.width) * width, ((clientY - box.top) / box.height) * height];
    // A drag that came from elsewhere, or a second finger, draws nothing.
    if (type === "pointermove") return currentTarget.hasPointerCapture(pointerId) && sheet.current?.drawTo(x, y);
    if (button !== 0 || !isPrimary) return;
    currentTarget.setPointerCapture(pointerId);
    act((on) => on.begin(x, y, PAINTS[paint], BRUSHES[brush] * LONG_SIDE_PX));
  };
  const place = async (file: File | undefined) => {
    setProblem(null);
    const picture = file && (await createImageBitmap(file).catch(() => null));
    if (picture) {
      act((on) => on.cover(picture));
      picture.close();
    } else if (file) setProblem(t("unreadable"));
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    void place(event.dataTransfer.files[0]);
  };
  const choose = ({ target }: ChangeEvent<HTMLInputElement>) => {
    void place(target.files?.[0]);
    target.value = "";
  };
  return (
    <div className="grid gap-3 p-3 pt-0">
      <p id="sketch-hint" className="text-muted text-xs">
        {t("hint")}
      </p>
      <canvas
        ref={canvas}
        data-testid="sketch"
        role="img"
        aria-label={t("yours")}
        aria-describedby="sketch-hint"
        onPointerDown={stroke}
        onPointerMove={stroke}
        onDragOver={(event) => event.preventDefault()}
        onDrop={drop}
        className="w-full cursor-crosshair touch-none rounded-sm bg-white"
        style={{ aspectRatio: `${widthPx} / ${heightPx}` }}
      />
      <SketchTools paint={paint} brush={brush} onPaint={setPaint} onBrush={setBrush} />
      <div className="flex flex-wrap gap-2">
        <Button onClick={() => act((on) => on.fill(PAINTS[paint]))}>{t("fill")}</Button>
        <Button onClick={() => act((on) => on.undo())} disabled={!canUndo}>
          {t("undo")}
        </Button>
        <Button onClick={() => act((on) => on.clear())} disabled={isBlank}>
          {t("clear")}
        </Button>
        <label className="inline-flex min-h-11 cursor-pointer items-center rounded-lg border border-line px-4 font-medium text-sm focus-within:outline-2 focus-within:outline-accent hover:border-muted">
          {t("choose")}
          <input
            type="file"
            accept="image/png,image/jpeg,image/webp,image/avif"
            onChange={choose}
            className="sr-only"
          />
        </label>
      </div>
      {problem && (
        <p role="alert" className="text-alarm text-sm">
          {problem}
        </p>
      )}
    </div>
  );
}

"use client";
import { useState } from "react";
import { useTranslations } from "use-intl";
import type { ArtworkTile } from "#contracts/artwork.ts";
import {
  aspectOf,
  cropAround,
  ExportSettings,
  FILE_TYPES,
  FRAMES,
  type Frame,
  MM_PER_INCH,
  PAPERS,
  paperFor,
} from "#contracts/exports.ts";
import { Button, buttonClass } from "./button.tsx";
import { Captioned } from "./captioned.tsx";
import { CropPreview } from "./crop-preview.tsx";
import { Dialog } from "./dialog.tsx";
import { LineIcon } from "./line-icon.tsx";
import { Tick } from "./tick.tsx";
import { UnderWay } from "./under-way.tsx";
import { useZip } from "./use-zip.ts";

interface Props {
  readonly tiles: readonly ArtworkTile[];
  readonly onClose: () => void;
}

const NAMES = Object.keys(FRAMES) as Frame[];

/** One artwork as a file, or many as a zip: in the shapes that people post in, on paper, or as they were painted. */
export function ExportDialog({ tiles, onClose }: Props) {
  const t = useTranslations("export");
  const [settings, setSettings] = useState(ExportSettings.parse({}));
  const change = (part: Partial<ExportSettings>) => setSettings((before) => ({ ...before, ...part }));
  const [first] = tiles;
  if (!first) return null;
  const isOne = tiles.length === 1;
  return (
    <Dialog title={t("title", { count: tiles.length })} onClose={onClose}>
      {isOne && <CropPreview key={settings.frame} tile={first} settings={settings} />}
      <fieldset className="flex flex-wrap gap-2">
        <legend className="sr-only">{t("frame")}</legend>
        {NAMES.map((frame) => (
          <button
            key={frame}
            type="button"
            aria-pressed={settings.frame === frame}
            onClick={() => change({ frame })}
            className="grid min-h-12 content-center rounded-lg border border-line px-3 text-left text-sm aria-pressed:border-accent aria-pressed:text-accent"
          >
            {t(`frames.${frame}`)}
            <span className="text-muted text-xs tabular-nums">{sizeOf(frame)}</span>
          </button>
        ))}
      </fieldset>
      {settings.frame === "print" ? (
        <PrintSettings tile={first} settings={settings} onChange={change} />
      ) : (
        <Captioned title={t("type")}>
          <select
            value={settings.type}
            onChange={({ target }) => change({ type: target.value as ExportSettings["type"] })}
            className="field"
          >
            {FILE_TYPES.map((type) => (
              <option key={type} value={type}>
                {type.toUpperCase()}
              </option>
            ))}
          </select>
        </Captioned>
      )}
      <Tick isOn={settings.metadata} onChange={(metadata) => change({ metadata })}>
        {t("metadata")}
        <span className="block text-muted text-xs">{t("metadataNote")}</span>
      </Tick>
      {isOne ? (
        <a href={`/artworks/${first.id}/export?${queryOf(settings)}`} download className={buttonClass("primary")}>
          <LineIcon name="download" /> {t("download")}
        </a>
      ) : (
        <Zip tiles={tiles} settings={settings} />
      )}
    </Dialog>
  );
}

const sizeOf = (frame: Frame): string => {
  const size = FRAMES[frame];
  return size ? `${size.widthPx} × ${size.heightPx}` : "";
};

const queryOf = (settings: ExportSettings): string =>
  new URLSearchParams(Object.entries(settings).map(([name, value]) => [name, String(value)])).toString();

function Zip({ tiles, settings }: { tiles: readonly ArtworkTile[]; settings: ExportSettings }) {
  const t = useTranslations("export");
  const { begin, cancel, done, problem } = useZip();
  const count = tiles.length;
  if (done === null)
    return (
      <>
        <Button
          look="primary"
          onClick={() =>
            void begin(
              tiles.map(({ id }) => id),
              settings,
            )
          }
        >
          <LineIcon name="download" /> {t("downloadZip", { count })}
        </Button>
        {problem && (
          <p role="alert" className="text-alarm text-sm">
            {problem}
          </p>
        )}
      </>
    );
  return (
    <UnderWay label={t("downloadZip", { count })} share={done / count} told={t("progress", { done, count })}>
      <Button onClick={cancel}>{t("cancel")}</Button>
    </UnderWay>
  );
}

type Change = (part: Partial<ExportSettings>) => void;

function PrintSettings({
  tile,
  settings,
  onChange,
}: {
  tile: ArtworkTile;
  settings: ExportSettings;
  onChange: Change;
}) {
  const t = useTranslations("export");
  const { widthMm } = paperFor(tile, settings.paper);
  const crop = cropAround({ x: 0.5, y: 0.5 }, tile, aspectOf(tile, settings) ?? 1);
  const painted = Math.round((crop.widthPx / (widthMm + 2 * settings.bleedMm)) * MM_PER_INCH);
  return (
    <div className="grid gap-3">
      <div className="grid grid-cols-3 gap-3">
        <Captioned title={t("paper")}>
          <select
            value={settings.paper}
            onChange={({ target }) => onChange({ paper: target.value as ExportSettings["paper"] })}
            className="field"
          >
            {Object.keys(PAPERS).map((paper) => (
              <option key={paper} value={paper}>
                {t(`papers.${paper as keyof typeof PAPERS}`)}
              </option>
            ))}
          </select>
        </Captioned>
        <Captioned title={t("dpi")}>
          <select
            value={settings.dpi}
            onChange={({ target }) => onChange({ dpi: Number(target.value) })}
            className="field"
          >
            {[72, 150, 300].map((dpi) => (
              <option key={dpi}>{dpi}</option>
            ))}
          </select>
        </Captioned>
        <Captioned title={t("bleed")}>
          <select
            value={settings.bleedMm}
            onChange={({ target }) => onChange({ bleedMm: Number(target.value) })}
            className="field"
          >
            {[0, 3, 5].map((mm) => (
              <option key={mm}>{mm}</option>
            ))}
          </select>
        </Captioned>
      </div>
      <p className="text-muted text-sm">{t("printNote", { painted })}</p>
    </div>
  );
}

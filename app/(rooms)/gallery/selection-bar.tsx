"use client";
import { useTranslations } from "use-intl";
import { IconButton } from "#app/ui/icon-button.tsx";
import { type IconName, LineIcon } from "#app/ui/line-icon.tsx";
import type { ArtworkTile } from "#contracts/artwork.ts";

interface Props {
  readonly tiles: readonly ArtworkTile[];
  readonly isTrash: boolean;
  readonly onOpen: (what: "collect" | "compare" | "export") => void;
  readonly onTrash: () => void;
  readonly onRestore: () => void;
  readonly onClear: () => void;
}

/** What can be done with all that is chosen. */
export function SelectionBar({ tiles, isTrash, onOpen, onTrash, onRestore, onClear }: Props) {
  const t = useTranslations("gallery");
  return (
    <div
      role="toolbar"
      aria-label={t("selection")}
      className="fixed inset-x-0 bottom-0 z-30 flex items-center gap-1 overflow-x-auto border-line border-t bg-mat px-2 py-2 sm:inset-x-auto sm:bottom-6 sm:left-1/2 sm:-translate-x-1/2 sm:rounded-xl sm:border sm:shadow-black/40 sm:shadow-lg"
    >
      <IconButton icon="close" label={t("clearSelection")} onClick={onClear} />
      <p aria-live="polite" className="shrink-0 px-2 text-sm tabular-nums">
        {t("chosen", { count: tiles.length })}
      </p>
      {isTrash ? (
        <Act icon="restore" label={t("restore")} onClick={onRestore} />
      ) : (
        <>
          <Act icon="collect" label={t("collect")} onClick={() => onOpen("collect")} />
          <Act icon="export" label={t("export")} onClick={() => onOpen("export")} />
          {tiles.length === 2 && <Act icon="compare" label={t("compare")} onClick={() => onOpen("compare")} />}
          <Act icon="trash" label={t("delete")} onClick={onTrash} />
        </>
      )}
    </div>
  );
}

interface ActProps {
  readonly icon: IconName;
  readonly label: string;
  readonly onClick: () => void;
}

const Act = ({ icon, label, onClick }: ActProps) => (
  <button
    type="button"
    onClick={onClick}
    className="inline-flex min-h-11 shrink-0 items-center gap-2 rounded-lg px-3 text-sm hover:bg-plinth"
  >
    <LineIcon name={icon} /> {label}
  </button>
);

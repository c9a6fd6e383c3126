"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { type RefObject, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { useTRPC } from "#app/trpc.ts";
import { Button, buttonClass } from "#app/ui/button.tsx";
import { CollectDialog, ExportDialog } from "#app/ui/dialogs.ts";
import { IconButton } from "#app/ui/icon-button.tsx";
import { useTell } from "#app/ui/toaster.tsx";
import { useSentenceOf } from "#app/ui/use-sentence-of.ts";
import type { ArtworkTile } from "#contracts/artwork.ts";
import type { GalleryFilter } from "#contracts/gallery.ts";
import { chosenParts, writeFilter } from "./filter-in-url.ts";
import { Filters } from "./filters.tsx";
import { SearchBox } from "./search-box.tsx";
import { SelectionBar } from "./selection-bar.tsx";
import { Tile } from "./tile.tsx";
import { type KeyAct, useGalleryKeys } from "./use-gallery-keys.ts";
import { useRestoreScroll } from "./use-restore-scroll.ts";
import { useSelection } from "./use-selection.ts";
import { useTrash } from "./use-trash.ts";
import { useWall } from "./use-wall.ts";
import { Wall, type WallHandle } from "./wall.tsx";

/** What is opened now and then is fetched then. */
const Compare = dynamic(() => import("./compare.tsx").then((ui) => ui.Compare), { ssr: false });
const KeyMap = dynamic(() => import("./key-map.tsx").then((ui) => ui.KeyMap), { ssr: false });

interface Props {
  readonly filter: GalleryFilter;
  /** The first of the wall, as the server found them. */
  readonly first: readonly ArtworkTile[];
  readonly isPhone: boolean;
}

type OpenedDialog = "keys" | "collect" | "compare" | "export";
const EAGER_TILES = 6;

export function Gallery({ filter, first, isPhone }: Props) {
  const router = useRouter();
  const wall = useWall(filter, first);
  const selection = useSelection(wall, writeFilter(filter));
  const [opened, setOpened] = useState<OpenedDialog | null>(null);
  const handle = useRef<WallHandle>(null);
  const search = useRef<HTMLInputElement>(null);
  const { trash, restore } = useTrash(selection.clear);
  const love = useLove();
  useRestoreScroll(wall.isWhole);
  const go = (next: GalleryFilter) => {
    const address = writeFilter(next);
    router.replace(address ? `/gallery?${address}` : "/gallery", { scroll: false });
  };
  const act = (name: Exclude<KeyAct, "move" | "open">, index: number | null): void => {
    const tile = index === null ? undefined : wall.tileAt(index);
    const some = selection.tiles.size > 0 ? [...selection.tiles.values()] : tile ? [tile] : [];
    if (name === "search") search.current?.focus();
    if (name === "help") setOpened("keys");
    if (name === "clear") selection.clear();
    if (name === "choose" && tile && index !== null) selection.toggle(tile, index);
    if (name === "range" && index !== null) void selection.extendTo(index);
    if (some.length === 0) return;
    if (name === "trash") void (filter.trash ? restore : trash)(some);
    if (name === "love" && tile) love(tile);
    if (name === "collect") {
      if (selection.tiles.size === 0 && tile && index !== null) selection.toggle(tile, index);
      setOpened("collect");
    }
  };
  useGalleryKeys({ total: wall.total, wall: handle, act });
  const chosen = [...selection.tiles.values()];
  return (
    <div data-wide>
      <Head
        filter={filter}
        total={wall.isWhole ? wall.total : null}
        search={search}
        onChange={go}
        onKeys={() => setOpened("keys")}
      />
      {wall.isWhole && wall.total === 0 && <Bare filter={filter} onChange={go} />}
      <Wall
        wall={wall}
        isPhone={isPhone}
        handle={handle}
        renderTile={(artwork, index) => (
          <Tile
            artwork={artwork}
            index={index}
            eager={index < EAGER_TILES}
            isChosen={selection.tiles.has(artwork.id)}
            isChoosing={chosen.length > 0}
            onChoose={(range) => (range ? void selection.extendTo(index) : selection.toggle(artwork, index))}
          />
        )}
      />
      {wall.error !== null && <Broken error={wall.error} onRetry={wall.retry} />}
      {chosen.length > 0 && (
        <SelectionBar
          tiles={chosen}
          isTrash={filter.trash === true}
          onOpen={setOpened}
          onTrash={() => trash(chosen)}
          onRestore={() => restore(chosen)}
          onClear={selection.clear}
        />
      )}
      <Opened what={opened} chosen={chosen} onClose={() => setOpened(null)} />
    </div>
  );
}

function Broken({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const t = useTranslations("common");
  const sentenceOf = useSentenceOf();
  return (
    <p role="alert" className="sticky bottom-4 flex items-center justify-center gap-4 py-4 text-sm">
      {sentenceOf(error)}
      <Button onClick={onRetry}>{t("again")}</Button>
    </p>
  );
}

interface OpenedProps {
  readonly what: OpenedDialog | null;
  readonly chosen: readonly ArtworkTile[];
  readonly onClose: () => void;
}

function Opened({ what, chosen, onClose }: OpenedProps) {
  const [one, other] = chosen;
  if (what === "keys") return <KeyMap onClose={onClose} />;
  if (what === "collect") return <CollectDialog artworkIds={chosen.map(({ id }) => id)} onClose={onClose} />;
  if (what === "export") return <ExportDialog tiles={chosen} onClose={onClose} />;
  if (what === "compare" && one && other) return <Compare tiles={[one, other]} onClose={onClose} />;
  return null;
}

interface HeadProps {
  readonly filter: GalleryFilter;
  readonly total: number | null;
  readonly search: RefObject<HTMLInputElement | null>;
  readonly onChange: (filter: GalleryFilter) => void;
  readonly onKeys: () => void;
}

function Head({ filter, total, search, onChange, onKeys }: HeadProps) {
  const t = useTranslations("gallery");
  return (
    <div className="grid gap-4 pb-4">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-3">
        <h1 className="font-serif text-3xl">{t(filter.trash ? "trash" : "title")}</h1>
        <p data-count={total ?? undefined} className="min-w-16 text-muted text-sm tabular-nums">
          {total !== null && total > 0 && t("count", { count: total })}
        </p>
        <SearchBox ref={search} filter={filter} onChange={onChange} />
        <IconButton icon="keys" label={t("keys.title")} title="?" onClick={onKeys} className="max-sm:hidden" />
      </div>
      <Filters filter={filter} onChange={onChange} />
      {filter.trash && <p className="text-muted text-sm">{t("trashNote")}</p>}
    </div>
  );
}

/** Nothing hangs here: because nothing was painted, or because nothing is like what was asked for. */
function Bare({ filter, onChange }: Pick<HeadProps, "filter" | "onChange">) {
  const t = useTranslations("gallery");
  const isFiltered = filter.q !== undefined || chosenParts(filter).length > 0;
  if (filter.trash) return <p className="py-8 text-muted">{t("trashEmpty")}</p>;
  return (
    <div className="grid justify-items-start gap-4 py-8">
      <p className="text-muted">{t(isFiltered ? "nothingFound" : "bare")}</p>
      {isFiltered ? (
        <Button onClick={() => onChange({ sort: filter.sort })}>{t("clearFilters")}</Button>
      ) : (
        <Link href="/" className={buttonClass("primary")}>
          {t("giveTheme")}
        </Link>
      )}
    </div>
  );
}

/** Loves an artwork, or takes that back. */
function useLove(): (tile: ArtworkTile) => void {
  const t = useTranslations("gallery");
  const trpc = useTRPC();
  const tell = useTell();
  const queryClient = useQueryClient();
  const sentenceOf = useSentenceOf();
  const react = useMutation(trpc.mind.react.mutationOptions());
  const takeBack = useMutation(trpc.mind.takeBack.mutationOptions());
  return ({ id: artworkId, title }) => {
    const feedback = { artworkId, action: "love" } as const;
    const settle = {
      onSuccess: () => void queryClient.invalidateQueries({ queryKey: trpc.artwork.byId.queryKey(artworkId) }),
    };
    react.mutate(feedback, {
      onSuccess: () => tell(t("loved", { title }), () => takeBack.mutate(feedback, settle)),
      onError: (error) => tell(sentenceOf(error)),
    });
  };
}

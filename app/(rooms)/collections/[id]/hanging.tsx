"use client";
import {
  closestCenter,
  DndContext,
  type DragEndEvent,
  KeyboardSensor,
  PointerSensor,
  TouchSensor,
  useSensor,
  useSensors,
} from "@dnd-kit/core";
import {
  arrayMove,
  rectSortingStrategy,
  SortableContext,
  sortableKeyboardCoordinates,
  useSortable,
} from "@dnd-kit/sortable";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { useId } from "react";
import { useTranslations } from "use-intl";
import { useTRPC } from "#app/trpc.ts";
import { IconButton } from "#app/ui/icon-button.tsx";
import { Picture } from "#app/ui/picture.tsx";
import { Problem } from "#app/ui/problem.tsx";
import { useTell } from "#app/ui/toaster.tsx";
import type { ArtworkTile } from "#contracts/artwork.ts";
import type { Collection } from "#contracts/collections.ts";

/** A finger that stays is dragging; one that moves on is scrolling. */
const HELD = { delay: 200, tolerance: 8 };

/** What hangs in a collection, in its order: dragged by hand, or by the keyboard (space, arrows, space). */
export function Hanging({ collection }: { collection: Collection }) {
  const t = useTranslations("collections");
  const { artworks } = collection;
  const { drop, takeOut, makeCover, problem } = useHanging(collection);
  const sensors = useSensors(
    useSensor(PointerSensor, { activationConstraint: { distance: 6 } }),
    useSensor(TouchSensor, { activationConstraint: HELD }),
    useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }),
  );
  return (
    <>
      <p className="text-muted text-sm">{t("arrange")}</p>
      <Problem error={problem} />
      <DndContext id={useId()} sensors={sensors} collisionDetection={closestCenter} onDragEnd={drop}>
        <SortableContext items={artworks.map((artwork) => artwork.id)} strategy={rectSortingStrategy}>
          <ul className="grid grid-cols-2 gap-3 sm:grid-cols-3 lg:grid-cols-4">
            {artworks.map((artwork) => (
              <Piece
                key={artwork.id}
                artwork={artwork}
                isCover={collection.cover?.id === artwork.id}
                onCover={() => makeCover(artwork)}
                onTakeOut={() => takeOut(artwork)}
              />
            ))}
          </ul>
        </SortableContext>
      </DndContext>
    </>
  );
}

/** Here and not with each piece: one that is taken out is gone by the time that it is put back. */
function useHanging(collection: Collection) {
  const t = useTranslations("collections");
  const trpc = useTRPC();
  const tell = useTell();
  const queryClient = useQueryClient();
  const { id: collectionId, artworks } = collection;
  const refresh = { onSettled: () => queryClient.invalidateQueries({ queryKey: trpc.collection.pathKey() }) };
  const cover = useMutation(trpc.collection.cover.mutationOptions(refresh));
  const add = useMutation(trpc.collection.add.mutationOptions(refresh));
  const move = useMutation(trpc.collection.move.mutationOptions(refresh));
  const take = useMutation(trpc.collection.take.mutationOptions(refresh));
  return {
    problem: cover.error ?? add.error ?? move.error ?? take.error,
    makeCover: ({ id: artworkId }: ArtworkTile) => cover.mutate({ collectionId, artworkId }),
    drop({ active, over }: DragEndEvent) {
      const [from = -1, to = -1] = [active.id, over?.id].map((end) => artworks.findIndex(({ id }) => id === end));
      const moved = artworks[from];
      if (!moved || to < 0 || from === to) return;
      const after = arrayMove(artworks, from, to);
      queryClient.setQueryData(trpc.collection.byId.queryKey(collectionId), { ...collection, artworks: after });
      move.mutate({ collectionId, artworkId: moved.id, before: after[to + 1]?.id ?? null });
    },
    takeOut(artwork: ArtworkTile) {
      const { id: artworkId, title } = artwork;
      const before = artworks[artworks.indexOf(artwork) + 1]?.id ?? null;
      const hung = { collectionId, artworkIds: [artworkId] };
      // By promises: who undoes it may have left the page, and callbacks of a call go with it.
      const putBack = async () => {
        await add.mutateAsync(hung);
        await move.mutateAsync({ collectionId, artworkId, before });
      };
      take.mutate(hung, { onSuccess: () => tell(t("taken", { title }), () => void putBack().catch(() => {})) });
    },
  };
}

interface PieceProps {
  readonly artwork: ArtworkTile;
  readonly isCover: boolean;
  readonly onCover: () => void;
  readonly onTakeOut: () => void;
}

function Piece({ artwork, isCover, onCover, onTakeOut }: PieceProps) {
  const t = useTranslations("collections");
  const { attributes, listeners, setNodeRef, transform, transition, isDragging } = useSortable({ id: artwork.id });
  const style = transform ? { transform: `translate(${transform.x}px, ${transform.y}px)`, transition } : { transition };
  return (
    <li
      ref={setNodeRef}
      style={style}
      className={`group relative bg-mat p-2 ${isDragging ? "z-10 shadow-black/50 shadow-xl" : ""}`}
    >
      <Link href={`/artworks/${artwork.id}`} draggable={false} className="block aspect-square overflow-hidden">
        <Picture
          {...artwork}
          alt={artwork.title}
          sizes="(min-width: 64rem) 16rem, 45vw"
          className="size-full object-cover"
        />
      </Link>
      <div className="flex flex-wrap items-center justify-end sm:flex-nowrap">
        <p className="basis-full truncate px-1 pt-2 text-muted text-xs sm:flex-1 sm:basis-auto sm:pt-0">
          {artwork.title}
        </p>
        <IconButton
          icon="cover"
          label={t(isCover ? "isCover" : "makeCover")}
          aria-pressed={isCover}
          onClick={onCover}
        />
        <IconButton icon="close" label={t("takeOut")} onClick={onTakeOut} />
        <IconButton
          icon="grip"
          label={t("drag", { title: artwork.title })}
          {...attributes}
          {...listeners}
          className="cursor-grab touch-none"
        />
      </div>
    </li>
  );
}

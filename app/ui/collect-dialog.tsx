"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { useTRPC } from "#app/trpc.ts";
import type { ArtworkId } from "#contracts/artwork.ts";
import type { CollectionCard } from "#contracts/collections.ts";
import { Dialog } from "./dialog.tsx";
import { NewCollectionForm } from "./new-collection-form.tsx";
import { Picture } from "./picture.tsx";
import { useTell } from "./toaster.tsx";

interface Props {
  readonly artworkIds: readonly ArtworkId[];
  readonly onClose: () => void;
  /** Of a new collection, as it is proposed. */
  readonly name?: string;
}

/** Hangs artworks in a collection that is there, or in a new one. */
export function CollectDialog({ artworkIds, onClose, name = "" }: Props) {
  const t = useTranslations("collections");
  const trpc = useTRPC();
  const tell = useTell();
  const queryClient = useQueryClient();
  const { data: collections = [] } = useQuery(trpc.collection.list.queryOptions());
  const refresh = () => queryClient.invalidateQueries({ queryKey: trpc.collection.pathKey() });
  const create = useMutation(trpc.collection.create.mutationOptions());
  const take = useMutation(trpc.collection.take.mutationOptions({ onSettled: refresh }));
  const add = useMutation(trpc.collection.add.mutationOptions({ onSettled: refresh }));
  const hang = (into: Pick<CollectionCard, "id" | "name">) => {
    const input = { collectionId: into.id, artworkIds: [...artworkIds] };
    add.mutate(input, {
      onSuccess: (added) => {
        // What hung there before stays there whatever is taken back.
        const undo = added.length > 0 ? () => take.mutate({ ...input, artworkIds: added }) : undefined;
        tell(t("hung", { count: added.length, name: into.name }), undo);
        onClose();
      },
    });
  };
  const isBusy = add.isPending || create.isPending;
  return (
    <Dialog title={t("collect", { count: artworkIds.length })} onClose={onClose}>
      <NewCollectionForm
        name={name}
        isBusy={isBusy}
        error={create.error ?? add.error}
        onCreate={(made) => create.mutate(made, { onSuccess: () => hang(made) })}
      />
      {collections.length > 0 && (
        <ul className="-mx-2 grid max-h-80 overflow-y-auto">
          {collections.map((collection) => (
            <li key={collection.id}>
              <button
                type="button"
                disabled={isBusy}
                onClick={() => hang(collection)}
                className="flex min-h-14 w-full items-center gap-3 rounded-lg px-2 text-left hover:bg-mat"
              >
                <span className="size-10 shrink-0 overflow-hidden rounded-sm bg-mat">
                  {collection.cover && (
                    <Picture {...collection.cover} alt="" sizes="3rem" className="size-full object-cover" />
                  )}
                </span>
                <span className="flex-1 truncate">{collection.name}</span>
                <span className="text-muted text-sm tabular-nums">{collection.count}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </Dialog>
  );
}

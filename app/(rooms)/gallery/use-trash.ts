"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { useTRPC } from "#app/trpc.ts";
import { useTell } from "#app/ui/toaster.tsx";
import { useSentenceOf } from "#app/ui/use-sentence-of.ts";
import type { ArtworkTile } from "#contracts/artwork.ts";

type Act = (tiles: readonly ArtworkTile[]) => void;

/** Into the trash and out of it, each the way back of the other. */
export function useTrash(onDone: () => void): { readonly trash: Act; readonly restore: Act } {
  const t = useTranslations("gallery");
  const trpc = useTRPC();
  const tell = useTell();
  const sentenceOf = useSentenceOf();
  const queryClient = useQueryClient();
  const settle = {
    onSettled: () => queryClient.invalidateQueries({ queryKey: trpc.gallery.pathKey() }),
    onError: (error: unknown) => tell(sentenceOf(error)),
  };
  const trashing = useMutation(trpc.artwork.trash.mutationOptions(settle));
  const restoring = useMutation(trpc.artwork.restore.mutationOptions(settle));
  const idsOf = (tiles: readonly ArtworkTile[]) => tiles.map(({ id }) => id);
  const trash: Act = (tiles) =>
    trashing.mutate(idsOf(tiles), {
      onSuccess: () => {
        onDone();
        tell(t("trashed", { count: tiles.length }), () => restoring.mutate(idsOf(tiles)));
      },
    });
  const restore: Act = (tiles) =>
    restoring.mutate(idsOf(tiles), {
      onSuccess: () => {
        onDone();
        tell(t("restored", { count: tiles.length }), () => trashing.mutate(idsOf(tiles)));
      },
    });
  return { trash, restore };
}

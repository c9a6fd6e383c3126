"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { useTRPC } from "#app/trpc.ts";
import { inTurns } from "#app/ui/in-turns.ts";
import { useTell } from "#app/ui/toaster.tsx";
import { useSentenceOf } from "#app/ui/use-sentence-of.ts";
import type { ArtworkId, ArtworkTile } from "#contracts/artwork.ts";

type Act = (tiles: readonly ArtworkTile[]) => Promise<void>;

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
  type Turn = (tiles: readonly ArtworkTile[]) => Promise<ArtworkTile[]>;
  const all =
    (change: { mutateAsync: (ids: ArtworkId[]) => Promise<unknown> }): Turn =>
    (tiles) =>
      inTurns(tiles, (part) => change.mutateAsync(part.map(({ id }) => id)));
  const withUndo =
    (said: "trashed" | "restored", act: Turn, undo: Turn): Act =>
    async (tiles) => {
      const done = await act(tiles);
      if (done.length === 0) return; // told why already
      if (done.length === tiles.length) onDone();
      tell(t(said, { count: done.length }), () => void undo(done));
    };
  const [trash, restore] = [all(trashing), all(restoring)];
  return { trash: withUndo("trashed", trash, restore), restore: withUndo("restored", restore, trash) };
}

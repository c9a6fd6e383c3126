"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { useTRPC } from "#app/trpc.ts";
import { Button } from "#app/ui/button.tsx";
import { Problem } from "#app/ui/problem.tsx";
import type { ArtistId } from "#contracts/mind.ts";
import { INFLUENCES } from "#contracts/mood-natures.ts";
import type { Influence } from "#contracts/moods.ts";

const WAYS = Object.keys(INFLUENCES) as Influence[];

/** What a person can do to her mood; she answers. */
export function Influences({ artistId }: { artistId: ArtistId }) {
  const t = useTranslations("mind");
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { mutate, data, isPending, error } = useMutation(
    trpc.mind.influence.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries({ queryKey: trpc.mind.read.queryKey() }),
    }),
  );
  return (
    <div className="grid gap-3 pt-2">
      <div className="flex flex-wrap gap-2">
        {WAYS.map((by) => (
          <Button key={by} className="capitalize" disabled={isPending} onClick={() => mutate({ artistId, by })}>
            {t(`influences.${by}`)}
          </Button>
        ))}
      </div>
      <p role="status" className="min-h-7 font-serif text-lg">
        {data && t("answer", { answer: data.answer })}
      </p>
      <Problem error={error} />
    </div>
  );
}

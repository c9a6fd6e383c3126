"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "#app/trpc.ts";
import { Button } from "#app/ui/button.tsx";
import { Problem } from "#app/ui/problem.tsx";
import type { ArtistId, Dimension, Leaning } from "#contracts/mind.ts";
import type { Mood } from "#contracts/moods.ts";

const TITLES: Readonly<Partial<Record<Dimension, string>>> = {
  style: "Manner",
  palette: "Colours",
  steps: "Steps",
  guidance: "Guidance",
};
const SHOWN = 6;

interface Props {
  readonly leanings: readonly Leaning[];
  readonly mood: Mood;
  readonly artistId: ArtistId;
}

/** How often she would reach for what, in the mood she is in, and what taught her that. */
export function Leanings({ leanings, mood, artistId }: Props) {
  const dimensions = [...new Set(leanings.map(({ dimension }) => dimension))];
  if (dimensions.length === 0) return null;
  return (
    <section aria-labelledby="leanings" className="grid gap-4">
      <div className="flex flex-wrap items-end justify-between gap-4">
        <div className="grid gap-1">
          <h2 id="leanings" className="font-serif text-xl">
            What she reaches for when {mood}
          </h2>
          <p className="max-w-prose text-muted text-sm">
            How often she would choose it now, where you leave it to her. Your reactions to what she paints move it.
          </p>
        </div>
        <Forget artistId={artistId} />
      </div>
      <div className="grid gap-8 sm:grid-cols-2">
        {dimensions.map((dimension) => (
          <div key={dimension} className="grid content-start gap-2">
            <h3 className="text-muted text-sm">{TITLES[dimension] ?? dimension}</h3>
            <ul className="grid gap-2 text-sm">
              {leanings
                .filter((leaning) => leaning.dimension === dimension)
                .slice(0, SHOWN)
                .map((leaning) => (
                  <Row key={leaning.arm} leaning={leaning} />
                ))}
            </ul>
          </div>
        ))}
      </div>
    </section>
  );
}

const Row = ({ leaning: { arm, share, tries, worth } }: { leaning: Leaning }) => (
  <li className="grid grid-cols-[9rem_1fr_3rem] items-center gap-3">
    <span className="truncate" title={arm}>
      {arm}
    </span>
    <meter className="bar" value={share} aria-label={`${arm}, share`} />
    <span className="text-right tabular-nums">{Math.round(100 * share)} %</span>
    {worth !== null && (
      <span className="col-span-3 -mt-1 text-muted text-xs tabular-nums">
        received {worth >= 0 ? "+" : "−"}
        {Math.abs(worth).toFixed(2)} over {tries.toFixed(1)} reactions
      </span>
    )}
  </li>
);

/** Asked twice: it cannot be undone. */
function Forget({ artistId }: { artistId: ArtistId }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [isSure, setSure] = useState(false);
  const { mutate, isPending, error } = useMutation(
    trpc.mind.forget.mutationOptions({
      onSettled: () => setSure(false),
      onSuccess: () => queryClient.invalidateQueries({ queryKey: trpc.mind.read.queryKey() }),
    }),
  );
  return (
    <div className="grid justify-items-end gap-1">
      <div className="flex gap-2">
        {isSure && <Button onClick={() => setSure(false)}>Keep it</Button>}
        <Button disabled={isPending} onClick={() => (isSure ? mutate(artistId) : setSure(true))}>
          {isSure ? "Forget it for good" : "Forget what she learned"}
        </Button>
      </div>
      <Problem error={error} />
    </div>
  );
}

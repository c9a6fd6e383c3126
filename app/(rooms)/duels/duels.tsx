"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { useCallback, useEffect } from "react";
import { useTranslations } from "use-intl";
import { useTRPC } from "#app/trpc.ts";
import { ArtistTabs } from "#app/ui/artist-tabs.tsx";
import { Button, buttonClass } from "#app/ui/button.tsx";
import { Picture } from "#app/ui/picture.tsx";
import { Problem } from "#app/ui/problem.tsx";
import { retryLost } from "#app/ui/retry-lost.ts";
import type { ArtworkTile } from "#contracts/artwork.ts";
import type { TasteStanding } from "#contracts/duels.ts";
import type { ArtistId } from "#contracts/mind.ts";

type Side = "left" | "right";
const KEYS: Readonly<Record<string, Side>> = { ArrowLeft: "left", ArrowRight: "right" };

/** Two works at a time: which do you prefer? One keystroke each. */
export function Duels({ artistId, name }: { artistId: ArtistId; name: string }) {
  const t = useTranslations("duels");
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const query = trpc.mind.nextDuel.queryOptions(artistId, { staleTime: Infinity, gcTime: 0 });
  const { data, error, isPending, isFetching, refetch } = useQuery(query);
  const settle = useMutation(
    trpc.mind.settleDuel.mutationOptions({
      // Lost on the way, it is sent again, and counts once.
      retry: retryLost,
      // One that is refused is of works that are not there any more.
      onSettled: () => queryClient.invalidateQueries({ queryKey: query.queryKey }),
    }),
  );
  const pair = data?.pair ?? null;
  const isBusy = settle.isPending || isFetching;
  const prefer = useCallback(
    (side: Side) => {
      if (!pair || isBusy) return;
      const [winner, loser] = side === "left" ? [pair.left, pair.right] : [pair.right, pair.left];
      const { isCheck } = pair;
      settle.mutate({ artistId, id: crypto.randomUUID(), winnerId: winner.id, loserId: loser.id, isCheck });
    },
    [pair, isBusy, settle.mutate, artistId],
  );
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const side = KEYS[event.key];
      if (!side || event.repeat || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      prefer(side);
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, [prefer]);
  return (
    <div className="grid gap-6">
      <header className="grid gap-2">
        <ArtistTabs chosen={artistId} />
        <h1 className="font-serif text-3xl">{t("question")}</h1>
        <p role="status" className="max-w-prose text-muted text-sm">
          {data ? <Standing standing={data.standing} name={name} /> : t("looking")}
        </p>
      </header>
      <Problem error={error ?? settle.error} />
      {pair && (
        <>
          <div className="grid grid-cols-2 gap-3 sm:gap-8" aria-busy={isBusy}>
            <Rival key={pair.left.id} tile={pair.left} hint={t("leftArrow")} onPrefer={() => prefer("left")} />
            <Rival key={pair.right.id} tile={pair.right} hint={t("rightArrow")} onPrefer={() => prefer("right")} />
          </div>
          <Button className="justify-self-center" disabled={isBusy} onClick={() => void refetch()}>
            {t("cannotSay")}
          </Button>
        </>
      )}
      {!pair && !isPending && !error && (
        <div className="grid justify-items-start gap-4 py-8">
          <p className="text-muted">{t("tooFew", { name })}</p>
          <Link href="/" className={buttonClass("primary")}>
            {t("havePaint")}
          </Link>
        </div>
      )}
    </div>
  );
}

function Standing({ standing, name }: { standing: TasteStanding; name: string }) {
  const t = useTranslations("duels");
  const { duels, checks, right, isHeard } = standing;
  const asked = t("soFar", { duels });
  if (checks === 0) return `${asked} ${t("learns", { name })}`;
  return `${asked} ${t("guessed", { right, checks })} ${t(isHeard ? "heard" : "notYet")}`;
}

const Rival = ({ tile, hint, onPrefer }: { tile: ArtworkTile; hint: string; onPrefer: () => void }) => (
  <button
    type="button"
    onClick={onPrefer}
    title={hint}
    className="appear group grid gap-3 rounded-sm bg-mat p-2 text-left hover:ring-1 hover:ring-accent sm:p-5"
  >
    <span className="grid aspect-square place-items-center overflow-hidden bg-plinth">
      <Picture
        {...tile}
        alt={tile.title}
        sizes="(min-width: 64rem) 32rem, 46vw"
        eager
        className="size-full object-contain"
      />
    </span>
    <span className="truncate font-serif text-sm group-hover:text-accent sm:text-lg">{tile.title}</span>
  </button>
);

"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { Piece } from "#app/(rooms)/series/piece.tsx";
import { useTRPC } from "#app/trpc.ts";
import { BackLink } from "#app/ui/back-link.tsx";
import { Button } from "#app/ui/button.tsx";
import { CollectDialog } from "#app/ui/dialogs.ts";
import { idIn } from "#app/ui/ids.ts";
import { LineIcon } from "#app/ui/line-icon.tsx";
import { Problem } from "#app/ui/problem.tsx";
import { UnderWay } from "#app/ui/under-way.tsx";
import type { ArtworkId } from "#contracts/artwork.ts";
import type { Order } from "#contracts/order.ts";
import type { Series } from "#contracts/series.ts";

const LOOK_EVERY_MS = 1_500;
const isActive = ({ state }: Order): boolean => state === "waiting" || state === "painting";

/** Its works as they come, and how many are there. */
export function SeriesView({ initial }: { initial: Series }) {
  const t = useTranslations("series");
  const [isCollecting, setCollecting] = useState(false);
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const query = trpc.series.byId.queryOptions(initial.id, {
    initialData: initial,
    refetchInterval: ({ state }) => (state.data?.pieces.some(isActive) ? LOOK_EVERY_MS : false),
  });
  const { data: series, error } = useQuery(query);
  const refresh = () => queryClient.invalidateQueries({ queryKey: query.queryKey });
  const cancel = useMutation(trpc.order.cancel.mutationOptions({ onSettled: refresh }));
  const place = useMutation(trpc.series.place.mutationOptions({ onSettled: refresh }));
  const { id: seriesId, theme, dimension, palette, pieces, count } = series;
  // Placing them broke off: the rest is as it would have been.
  const isCut = pieces.length < count;
  const done = pieces.filter(({ state }) => state === "done").length;
  const kept = pieces.flatMap(({ artworkId }) => idIn<ArtworkId>(artworkId) ?? []);
  const active = pieces.filter(isActive);
  const stop = () => {
    for (const { id } of active) cancel.mutate(id);
  };
  return (
    <div className="grid gap-6">
      <BackLink href="/series">{t("title")}</BackLink>
      <header className="grid gap-2">
        <h1 className="text-balance font-serif text-3xl">{theme}</h1>
        <p className="text-muted">
          {t(palette ? "aboutColours" : "about", { count, palette, varying: t(`varying.${dimension}`) })}
        </p>
        {kept.length > 0 && (
          <Button onClick={() => setCollecting(true)} className="justify-self-start">
            <LineIcon name="collect" /> {t("collect")}
          </Button>
        )}
        {isCollecting && <CollectDialog artworkIds={kept} name={theme} onClose={() => setCollecting(false)} />}
      </header>
      {active.length > 0 && (
        <UnderWay label={t("paintedSoFar")} share={done / count} told={t("painted", { done, count })}>
          <Button disabled={cancel.isPending} onClick={stop}>
            <LineIcon name="stop" /> {t("stop")}
          </Button>
        </UnderWay>
      )}
      {isCut && (
        <Button
          className="justify-self-start"
          disabled={place.isPending}
          onClick={() => place.mutate({ id: seriesId, theme, dimension, count })}
        >
          {t("goOn", { count: count - pieces.length })}
        </Button>
      )}
      <Problem error={error ?? cancel.error ?? place.error} />
      <ul className="grid grid-cols-2 gap-3 sm:grid-cols-3 sm:gap-5 lg:grid-cols-4">
        {pieces.map((order) => (
          <Piece key={order.id} order={order} />
        ))}
      </ul>
    </div>
  );
}

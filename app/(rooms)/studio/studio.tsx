"use client";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useCallback, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { isKeptForLater } from "#app/pwa/outbox-link.ts";
import { useTRPC } from "#app/trpc.ts";
import { newId } from "#app/ui/ids.ts";
import { retryLost } from "#app/ui/retry-lost.ts";
import { useTell } from "#app/ui/toaster.tsx";
import type { Order, OrderId, PlaceOrderInput } from "#contracts/order.ts";
import { applyRecalled } from "./apply-recalled.ts";
import { Candidates } from "./candidates.tsx";
import { type Draft, EMPTY_DRAFT } from "./draft.ts";
import { DropZone, TakeFromFile, useGiven } from "./drop-zone.tsx";
import { Easel } from "./easel.tsx";
import { FirstSteps } from "./first-steps.tsx";
import { HeardMusic } from "./heard-music.tsx";
import { LineDrawer } from "./line-drawer.tsx";
import type { Heard } from "./listen/mood-of-music.ts";
import { OrderForm } from "./order-form.tsx";
import { Readiness } from "./readiness.tsx";
import type { Recalled } from "./recall/read-settings.ts";
import { useShownOrder } from "./use-shown-order.ts";

const PULSE_MS = { ready: 30_000, waking: 1_500 };

export function Studio() {
  const trpc = useTRPC();
  const { order: shown, orderId, show } = useShownOrder();
  const health = useQuery(
    trpc.health.whole.queryOptions(undefined, {
      refetchInterval: ({ state }) => (state.data?.ready ? PULSE_MS.ready : PULSE_MS.waking),
    }),
  );
  const models = health.data?.models ?? [];
  const { draft, setDraft, music, forgetMusic, onRecall, onMusic } = useDraft(models);
  const given = useGiven({ onRecall, onMusic });
  const t = useTranslations("studio");
  const kept = useTranslations("pwa");
  const tell = useTell();
  const easel = useRef<HTMLElement>(null);
  const begin = ({ id }: Order): void => {
    show(id);
    // On a phone the easel hangs below the form.
    easel.current?.scrollIntoView({ block: "nearest" });
  };
  const place = useMutation(
    trpc.order.place.mutationOptions({
      onSuccess: begin,
      retry: retryLost,
      onError: (error) => isKeptForLater(error) && tell(kept("orderKept")),
    }),
  );
  // Its id is made here, so that an answer lost on the way does not become a second painting.
  const order = (input: PlaceOrderInput) => place.mutate({ ...input, id: newId<OrderId>() });
  return (
    <DropZone {...given}>
      <div className="grid items-start gap-8 lg:grid-cols-[22rem_1fr] lg:gap-12">
        <h1 className="sr-only">{t("title")}</h1>
        <div className="grid gap-4">
          <Readiness health={health.data} unreachable={health.isError} />
          <LineDrawer shown={orderId} onShow={show} />
          {music && <HeardMusic heard={music} onForget={forgetMusic} />}
          <OrderForm
            draft={draft}
            onDraft={setDraft}
            models={models}
            device={health.data?.device}
            isPlacing={place.isPending}
            problem={isKeptForLater(place.error) ? null : place.error}
            onPlace={order}
          />
          <div className="grid justify-items-start gap-2">
            <TakeFromFile {...given} />
            <p className="text-muted text-xs">{t("dropNote")}</p>
          </div>
        </div>
        <section ref={easel} aria-label={t("easel")} className="grid scroll-my-4 gap-6 lg:sticky lg:top-6">
          <Easel key={orderId} order={shown} isLoading={orderId !== null && shown === null} onAgain={order} />
          {shown?.state === "done" && <Candidates order={shown} />}
          <FirstSteps />
        </section>
      </div>
    </DropZone>
  );
}

/** What stands in the form, and what was put there by a picture or a piece of music. */
function useDraft(models: Parameters<typeof applyRecalled>[1]) {
  const t = useTranslations("given");
  const tell = useTell();
  const [draft, setState] = useState<Draft>(EMPTY_DRAFT);
  const [music, setMusic] = useState<Heard | null>(null);
  const setDraft = useCallback((change: (before: Draft) => Draft) => setState(change), []);
  const onRecall = (recalled: Recalled) => {
    const { draft: recalledDraft, missing } = applyRecalled(recalled, models);
    const before = draft;
    setState(recalledDraft);
    const said =
      missing.length > 0
        ? t("recalledBut", { source: recalled.source, missing: missing.join(", ") })
        : t("recalled", { source: recalled.source });
    tell(said, () => setState(before));
  };
  const [silent, setSilent] = useState<Pick<Draft, "mood" | "prompt">>(EMPTY_DRAFT);
  const onMusic = (heard: Heard) => {
    if (!music) setSilent(draft);
    setMusic(heard);
    setState((before) => ({
      ...before,
      mood: heard.mood,
      prompt: [music ? silent.prompt : before.prompt, heard.palette, heard.motion].filter(Boolean).join(", "),
    }));
  };
  /** As it was before anything was heard, but for what was written since. */
  const forgetMusic = () => {
    const added = music && [silent.prompt, music.palette, music.motion].filter(Boolean).join(", ");
    setState({ ...draft, mood: silent.mood, prompt: draft.prompt === added ? silent.prompt : draft.prompt });
    setMusic(null);
  };
  return { draft, setDraft, music, forgetMusic, onRecall, onMusic };
}

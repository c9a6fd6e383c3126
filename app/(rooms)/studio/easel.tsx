"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { useTRPC } from "#app/trpc.ts";
import { Button, buttonClass } from "#app/ui/button.tsx";
import { Folded } from "#app/ui/folded.tsx";
import { LineIcon } from "#app/ui/line-icon.tsx";
import { Picture } from "#app/ui/picture.tsx";
import { Problem } from "#app/ui/problem.tsx";
import { Thoughts } from "#app/ui/thoughts.tsx";
import { UnderWay } from "#app/ui/under-way.tsx";
import type { PaintSettings } from "#contracts/generation.ts";
import type { Thought } from "#contracts/mind.ts";
import type { Order, PlaceOrderInput } from "#contracts/order.ts";
import { useOrderWatch } from "./use-order-watch.ts";
import { isActive } from "./use-shown-order.ts";
import { shareOf, useToldProgress } from "./use-told-progress.ts";

interface Props {
  readonly order: Order | null;
  readonly isLoading: boolean;
  readonly onAgain: (input: PlaceOrderInput) => void;
}

export function Easel({ order, isLoading, onAgain }: Props) {
  const t = useTranslations("studio.easelSays");
  if (!order) {
    return (
      <Canvas widthPx={1} heightPx={1}>
        <p className="max-w-xs text-center text-muted">{t(isLoading ? "fetching" : "empty")}</p>
      </Canvas>
    );
  }
  if (isActive(order)) return <Painting order={order} />;
  if (order.state === "done") return <Finished order={order} />;
  const { widthPx, heightPx } = order;
  const again = againOf(order);
  return (
    <Canvas widthPx={widthPx} heightPx={heightPx}>
      <div role="status" className="grid max-w-sm justify-items-center gap-4 p-6 text-center text-muted">
        <p>{order.state === "cancelled" ? t("stopped") : (order.failure?.message ?? t("failed"))}</p>
        <Button onClick={() => onAgain(again)}>
          <LineIcon name="again" /> {t("again")}
        </Button>
      </div>
    </Canvas>
  );
}

/** What was decided on stands; what was not is hers to decide once more. */
function againOf(order: Order): PlaceOrderInput {
  const { theme, prompt, negativePrompt, count, enhance, asked, title } = order;
  const shared = { prompt: theme, negativePrompt, count, sketch: order.sketch ?? undefined };
  return title === null || prompt === ""
    ? { ...asked, ...shared, enhance }
    : { ...settingsOf(order), ...shared, enhance: false, edited: prompt };
}

/** What decides the pixels of an order. */
const settingsOf = (order: Order): PaintSettings => {
  const { modelId, widthPx, heightPx, steps, guidance, guidanceStop, sampler, scheduleType, underpainting } = order;
  return { modelId, widthPx, heightPx, steps, guidance, guidanceStop, sampler, scheduleType, underpainting };
};

function Painting({ order }: { order: Order }) {
  const t = useTranslations("studio.easelSays");
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const told = useToldProgress();
  const { progress, strokeUrl, byCandidate, strokes, thoughts } = useOrderWatch(order.id);
  const cancel = useMutation(
    trpc.order.cancel.mutationOptions({
      onSettled: () => queryClient.invalidateQueries({ queryKey: trpc.order.byId.queryKey(order.id) }),
    }),
  );
  return (
    <div className="grid gap-4">
      <Canvas widthPx={order.widthPx} heightPx={order.heightPx}>
        {strokeUrl ? (
          // biome-ignore lint/performance/noImgElement: a frame of some kilobytes from memory
          <img
            src={strokeUrl}
            alt={t("alt", { title: order.title ?? order.prompt })}
            data-testid="stroke"
            data-strokes={strokes}
            className="stroke size-full object-contain"
          />
        ) : (
          <p className="text-muted">{t(order.state === "waiting" ? "waiting" : "looks")}</p>
        )}
      </Canvas>
      {order.count > 1 && <Strip order={order} byCandidate={byCandidate} current={progress?.candidate ?? 0} />}
      <UnderWay label={t("soFar")} share={shareOf(progress)} told={told(order, progress)}>
        <Button onClick={() => cancel.mutate(order.id)} disabled={cancel.isPending}>
          <LineIcon name="stop" /> {t("cancel")}
        </Button>
      </UnderWay>
      <Problem error={cancel.error} />
      <Thoughts thoughts={merged(order.thoughts, thoughts)} isThinking={order.title === null} />
    </div>
  );
}

interface StripProps {
  readonly order: Order;
  readonly byCandidate: ReadonlyMap<number, string>;
  readonly current: number;
}

/** All candidates as they stand: those that were painted, the one on the easel, those to come. */
const Strip = ({ order: { count, widthPx, heightPx }, byCandidate, current }: StripProps) => (
  <ol aria-hidden className="flex gap-2">
    {Array.from({ length: count }, (_, index) => {
      const url = byCandidate.get(index);
      return (
        <li
          // biome-ignore lint/suspicious/noArrayIndexKey: a candidate is its place
          key={index}
          className={`w-14 overflow-hidden rounded-sm bg-mat ${index === current ? "ring-2 ring-accent" : ""}`}
          style={{ aspectRatio: `${widthPx} / ${heightPx}` }}
        >
          {/* biome-ignore lint/performance/noImgElement: a frame of some kilobytes from memory */}
          {url && <img src={url} alt="" className="stroke size-full object-cover" />}
        </li>
      );
    })}
  </ol>
);

/** Stored ones, and those that were only heard of so far. */
function merged(stored: readonly Thought[], heard: readonly Thought[]): Thought[] {
  const byIndex = new Map([...heard, ...stored].map((thought) => [thought.index, thought]));
  return [...byIndex.values()].sort((a, b) => a.index - b.index);
}

function Finished({ order }: { order: Order }) {
  const t = useTranslations("studio.easelSays");
  const kept = order.candidates.find((candidate) => candidate.kept);
  if (!kept) return null;
  return (
    <div className="grid gap-4">
      <Canvas widthPx={order.widthPx} heightPx={order.heightPx}>
        <Picture
          {...kept}
          alt={order.title ?? order.prompt}
          widthPx={order.widthPx}
          heightPx={order.heightPx}
          sizes="(min-width: 64rem) 44rem, 100vw"
          eager
          className="appear size-full object-contain"
        />
      </Canvas>
      <div className="flex flex-wrap items-start justify-between gap-4">
        <div className="grid flex-1 basis-64 gap-1">
          <h2 className="font-serif text-2xl">{order.title}</h2>
          <p className="max-w-prose text-muted">{order.reason}</p>
        </div>
        <Link href={`/artworks/${order.artworkId}`} className={buttonClass("quiet")}>
          {t("see")}
        </Link>
      </div>
      <Folded title={t("thoughts")}>
        <div className="p-3">
          <Thoughts thoughts={order.thoughts} isThinking={false} />
        </div>
      </Folded>
    </div>
  );
}

/** The mat around a picture; keeps its place whatever hangs in it. */
const Canvas = ({ widthPx, heightPx, children }: { widthPx: number; heightPx: number; children: ReactNode }) => (
  <div className="rounded-sm bg-mat p-3 shadow-black/30 shadow-lg sm:p-6">
    <div
      className="mx-auto grid max-h-[70dvh] max-w-full place-items-center overflow-hidden bg-plinth"
      style={{ aspectRatio: `${widthPx} / ${heightPx}` }}
    >
      {children}
    </div>
  </div>
);

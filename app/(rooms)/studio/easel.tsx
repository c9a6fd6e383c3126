"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import type { ReactNode } from "react";
import { useTRPC } from "#app/trpc.ts";
import { Button, buttonClass } from "#app/ui/button.tsx";
import { LineIcon } from "#app/ui/line-icon.tsx";
import { Picture } from "#app/ui/picture.tsx";
import { Problem } from "#app/ui/problem.tsx";
import { Thoughts } from "#app/ui/thoughts.tsx";
import { PaintSettings } from "#contracts/generation.ts";
import type { OrderProgress } from "#contracts/generation-events.ts";
import type { Thought } from "#contracts/mind.ts";
import type { Order, PlaceOrderInput } from "#contracts/order.ts";
import { useOrderWatch } from "./use-order-watch.ts";
import { isActive } from "./use-shown-order.ts";

interface Props {
  readonly order: Order | null;
  readonly isLoading: boolean;
  readonly onAgain: (input: PlaceOrderInput) => void;
}

export function Easel({ order, isLoading, onAgain }: Props) {
  if (!order) {
    return (
      <Canvas widthPx={1} heightPx={1}>
        <p className="max-w-xs text-center text-muted">
          {isLoading
            ? "Fetching the painting"
            : "The easel is empty. Give Aria a theme, or leave it to her, and watch her paint."}
        </p>
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
        <p>
          {order.state === "cancelled"
            ? "You stopped this painting. Nothing was kept."
            : (order.failure?.message ?? "The painting did not come out.")}
        </p>
        <Button onClick={() => onAgain(again)}>
          <LineIcon name="again" /> Paint it again
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
    : { ...PaintSettings.parse(order), ...shared, enhance: false, edited: prompt };
}

function Painting({ order }: { order: Order }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
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
            alt={`${order.title ?? order.prompt}, being painted`}
            data-testid="stroke"
            data-strokes={strokes}
            className="stroke size-full object-contain"
          />
        ) : (
          <p className="text-muted">{order.state === "waiting" ? "Waiting for her turn" : "She looks at the canvas"}</p>
        )}
      </Canvas>
      {order.count > 1 && <Strip order={order} byCandidate={byCandidate} current={progress?.candidate ?? 0} />}
      <div className="flex items-center gap-4">
        <div className="grid flex-1 gap-2">
          <progress className="bar" value={shareOf(progress)} aria-label="Painted so far" />
          <p role="status" className="text-muted text-sm tabular-nums">
            {statusOf(order, progress)}
          </p>
        </div>
        <Button onClick={() => cancel.mutate(order.id)} disabled={cancel.isPending}>
          <LineIcon name="stop" /> Cancel
        </Button>
      </div>
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

const shareOf = (progress: OrderProgress | null): number =>
  progress ? (progress.candidate + progress.step / (progress.of + 1)) / progress.candidates : 0;

function statusOf(order: Order, progress: OrderProgress | null): string {
  if (order.state === "waiting" || progress?.state === "queued") return "In the queue";
  if (progress?.state !== "painting") return "Beginning";
  const { candidate, candidates, step, of, remainingMs } = progress;
  const doing = step === 0 ? "sketching" : `step ${step} of ${of}`;
  const left = remainingMs === null ? "" : `, about ${Math.max(1, Math.ceil(remainingMs / 1000))} s left`;
  return `Candidate ${candidate + 1} of ${candidates}, ${doing}${left}`;
}

function Finished({ order }: { order: Order }) {
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
          original
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
          See the artwork
        </Link>
      </div>
      <details className="rounded-lg border border-line">
        <summary className="flex min-h-11 items-center px-3 text-muted text-sm hover:text-ink">
          What she thought
        </summary>
        <div className="p-3">
          <Thoughts thoughts={order.thoughts} isThinking={false} />
        </div>
      </details>
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

"use client";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useTRPC } from "#app/trpc.ts";
import type { OrderProgress, Stroke } from "#contracts/generation-events.ts";
import type { Thought } from "#contracts/mind.ts";
import type { OrderId } from "#contracts/order.ts";

interface Watched {
  readonly progress: OrderProgress | null;
  readonly strokeUrl: string | null;
  /** The last of each candidate. */
  readonly byCandidate: ReadonlyMap<number, string>;
  /** How many strokes have been seen. */
  readonly strokes: number;
  /** Those that came while it was watched. */
  readonly thoughts: readonly Thought[];
}

const NOTHING: Watched = { progress: null, strokeUrl: null, byCandidate: new Map(), strokes: 0, thoughts: [] };

/** What the generation socket shows of an order, or of anybody's to an admin. A hint: whatever ends here is read again from the database. */
export function useOrderWatch(orderId: OrderId | null, { asAdmin = false } = {}): Watched {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [watched, setWatched] = useState(NOTHING);
  useEffect(() => {
    if (orderId === null) return;
    const urls: string[] = [];
    let close: (() => void) | null = null;
    let isLeft = false;
    const ticket = async () => {
      const fresh = { staleTime: 0 };
      const asked = asAdmin
        ? queryClient.fetchQuery(trpc.admin.ticket.queryOptions(orderId, fresh))
        : queryClient.fetchQuery(trpc.order.ticket.queryOptions(orderId, fresh));
      return (await asked).ticket;
    };
    const onStroke = (stroke: Stroke) => {
      const strokeUrl = urlOf(stroke);
      urls.push(strokeUrl);
      setWatched((before) => {
        const byCandidate = new Map(before.byCandidate).set(stroke.candidate, strokeUrl);
        return { ...before, strokeUrl, byCandidate, strokes: before.strokes + 1 };
      });
    };
    const onThought = (thought: Thought) =>
      setWatched((before) => ({
        ...before,
        thoughts: [...before.thoughts.filter(({ index }) => index < thought.index), thought],
      }));
    const onProgress = (progress: OrderProgress) => {
      setWatched((before) => ({ ...before, progress }));
      if (progress.state === "painting" && progress.step > 1) return;
      void queryClient.invalidateQueries({ queryKey: trpc.order.byId.queryKey(orderId) });
    };
    // The socket's own code is fetched once there is something to watch.
    void import("./watch-order.ts").then(({ watchOrder }) => {
      if (!isLeft) close = watchOrder({ ticket, onStroke, onThought, onProgress });
    });
    return () => {
      isLeft = true;
      close?.();
      for (const url of urls) URL.revokeObjectURL(url);
    };
  }, [orderId, asAdmin, queryClient, trpc]);
  return watched;
}

const urlOf = ({ image, mediaType }: Stroke): string => URL.createObjectURL(new Blob([image], { type: mediaType }));

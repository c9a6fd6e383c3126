"use client";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { io, type Socket } from "socket.io-client";
import { useTRPC } from "#app/trpc.ts";
import type { ClientToServer, OrderProgress, ServerToClient, Stroke } from "#contracts/generation-events.ts";
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

const WATCH_WITHIN_MS = 3_000;
const WATCH_AGAIN_MS = 1_000;
const NOTHING: Watched = { progress: null, strokeUrl: null, byCandidate: new Map(), strokes: 0, thoughts: [] };

/** What the generation socket shows of an order. A hint: whatever ends here is read again from the database. */
export function useOrderWatch(orderId: OrderId | null): Watched {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [watched, setWatched] = useState(NOTHING);
  useEffect(() => {
    if (orderId === null) return;
    const urls: string[] = [];
    const socket: Socket<ServerToClient, ClientToServer> = io({
      transports: ["websocket", "polling"],
      tryAllTransports: true, // a proxy may not pass websockets
    });
    const watch = async () => {
      const { ticket } = await queryClient.fetchQuery(trpc.order.ticket.queryOptions(orderId, { staleTime: 0 }));
      const reply = await socket.timeout(WATCH_WITHIN_MS).emitWithAck("order:watch", ticket);
      if (reply === "refused") throw new Error("the ticket was refused");
    };
    let again: ReturnType<typeof setTimeout>;
    const keepTrying = () => {
      watch().catch(() => {
        if (socket.connected) again = setTimeout(keepTrying, WATCH_AGAIN_MS);
      });
    };
    socket.on("connect", keepTrying);
    socket.on("order:stroke", (stroke) => {
      const strokeUrl = urlOf(stroke);
      urls.push(strokeUrl);
      setWatched((before) => {
        const byCandidate = new Map(before.byCandidate).set(stroke.candidate, strokeUrl);
        return { ...before, strokeUrl, byCandidate, strokes: before.strokes + 1 };
      });
    });
    socket.on("order:thought", ({ thought }) => {
      setWatched((before) => ({
        ...before,
        thoughts: [...before.thoughts.filter(({ index }) => index < thought.index), thought],
      }));
    });
    socket.on("order:progress", (progress) => {
      setWatched((before) => ({ ...before, progress }));
      if (progress.state === "painting" && progress.step > 1) return;
      void queryClient.invalidateQueries({ queryKey: trpc.order.byId.queryKey(orderId) });
    });
    return () => {
      clearTimeout(again);
      socket.close();
      for (const url of urls) URL.revokeObjectURL(url);
    };
  }, [orderId, queryClient, trpc]);
  return watched;
}

const urlOf = ({ image, mediaType }: Stroke): string => URL.createObjectURL(new Blob([image], { type: mediaType }));

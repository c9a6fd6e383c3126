import { io, type Socket } from "socket.io-client";
import type { ClientToServer, OrderProgress, ServerToClient, Stroke } from "#contracts/generation-events.ts";
import type { Thought } from "#contracts/mind.ts";

interface Watcher {
  /** Signed by web, good for a while: another is asked for at each connection. */
  readonly ticket: () => Promise<string>;
  readonly onStroke: (stroke: Stroke) => void;
  readonly onThought: (thought: Thought) => void;
  readonly onProgress: (progress: OrderProgress) => void;
}

const WATCH_WITHIN_MS = 3_000;
const WATCH_AGAIN_MS = 1_000;

/** Watches an order over the generation socket until the function it gives is called. */
export function watchOrder({ ticket, onStroke, onThought, onProgress }: Watcher): () => void {
  const socket: Socket<ServerToClient, ClientToServer> = io({
    transports: ["websocket", "polling"],
    tryAllTransports: true, // a proxy may not pass websockets
  });
  const watch = async () => {
    const reply = await socket.timeout(WATCH_WITHIN_MS).emitWithAck("order:watch", await ticket());
    if (reply === "refused") throw new Error("the ticket was refused");
  };
  let again: ReturnType<typeof setTimeout>;
  const keepTrying = () => {
    watch().catch(() => {
      if (socket.connected) again = setTimeout(keepTrying, WATCH_AGAIN_MS);
    });
  };
  socket.on("connect", keepTrying);
  socket.on("order:stroke", onStroke);
  socket.on("order:thought", ({ thought }) => onThought(thought));
  socket.on("order:progress", onProgress);
  return () => {
    clearTimeout(again);
    socket.close();
  };
}

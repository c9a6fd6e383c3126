import { io, type Socket } from "socket.io-client";
import type { ClientToServer, ServerToClient } from "#contracts/generation-events.ts";
import type { OrderWatcher, Watching } from "#server/ports.ts";

const AGAIN_MS = 250;

/** Admitted by the same tickets as a browser is. `placeNow`: a place of inference's that answers, asked for at each connection. */
export function orderWatcher(placeNow: () => Promise<string>, ticketFor: (orderId: string) => string): OrderWatcher {
  return {
    watch(id, on) {
      let isOver = false;
      let socket: Socket<ServerToClient, ClientToServer> | undefined;
      let again: NodeJS.Timeout | undefined;
      const connect = async () => {
        const place = await placeNow();
        if (!isOver) socket = join(place, ticketFor(id), on, lost);
      };
      const lost = () => {
        socket?.close();
        if (!isOver) again = setTimeout(connect, AGAIN_MS);
      };
      void connect();
      return () => {
        isOver = true;
        clearTimeout(again);
        socket?.close();
      };
    },
  };
}

/** One connection, for as long as it lasts: the next may be to another place. */
function join(place: string, ticket: string, { stroke, progress }: Watching, lost: () => void) {
  const socket: Socket<ServerToClient, ClientToServer> = io(place, {
    transports: ["websocket"],
    forceNew: true,
    reconnection: false,
  });
  socket.on("connect", () => socket.emit("order:watch", ticket, () => {}));
  socket.on("connect_error", lost);
  socket.on("disconnect", (reason) => reason !== "io client disconnect" && lost());
  if (stroke) socket.on("order:stroke", stroke);
  if (progress) socket.on("order:progress", progress);
  return socket;
}

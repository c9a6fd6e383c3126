import { io, type Socket } from "socket.io-client";
import type { ClientToServer, ServerToClient } from "#contracts/generation-events.ts";
import type { OrderWatcher } from "#server/ports.ts";

/** Admitted by the same tickets as a browser is. */
export function orderWatcher(inferenceUrl: string, ticketFor: (orderId: string) => string): OrderWatcher {
  return {
    watch(id, { stroke, progress }) {
      const socket: Socket<ServerToClient, ClientToServer> = io(inferenceUrl, {
        transports: ["websocket"],
        forceNew: true,
      });
      socket.on("connect", () => socket.emit("order:watch", ticketFor(id), () => {}));
      if (stroke) socket.on("order:stroke", stroke);
      if (progress) socket.on("order:progress", progress);
      return () => void socket.close();
    },
  };
}

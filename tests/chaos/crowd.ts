/** Many who watch the same order, as browsers do, and who lose their network all at once. */
import { io, type Socket } from "socket.io-client";
import type { ClientToServer, OrderProgress, ServerToClient } from "#contracts/generation-events.ts";

const BACK_WITHIN_MS = 30_000;

type Viewer = Socket<ServerToClient, ClientToServer>;

/** How far a painting is: later is more. */
const placeOf = ({ state, candidate, step }: OrderProgress): number =>
  state === "queued" ? -1 : state === "painting" ? candidate * 10_000 + step : Number.MAX_SAFE_INTEGER;

export function openCrowd(url: string, size: number, ticketFor: (orderId: string) => string) {
  let watched = "";
  /** The furthest that anybody was told of the order. */
  let furthest = Number.NEGATIVE_INFINITY;
  let told = 0;
  const heard = (progress: OrderProgress) => {
    told += 1;
    if (progress.orderId === watched) furthest = Math.max(furthest, placeOf(progress));
  };
  const watch = (viewer: Viewer) => {
    if (watched) viewer.emit("order:watch", ticketFor(watched), () => {});
  };
  const viewers = Array.from({ length: size }, () => {
    const viewer: Viewer = io(url, { transports: ["websocket"], forceNew: true });
    viewer.on("connect", () => watch(viewer));
    viewer.on("order:progress", heard);
    return viewer;
  });
  return {
    told: () => told,
    isWhole: () => viewers.every(({ connected }) => connected),
    follow(orderId: string): void {
      watched = orderId;
      furthest = Number.NEGATIVE_INFINITY;
      for (const viewer of viewers) if (viewer.connected) watch(viewer);
    },
    /** Every socket is gone and comes back at once. Milliseconds until each knew what the furthest of them had known. */
    async dropAll(): Promise<number[]> {
      const known = furthest;
      const orderId = watched;
      for (const viewer of viewers) viewer.disconnect();
      return Promise.all(
        viewers.map(
          (viewer) =>
            new Promise<number>((back) => {
              const droppedAt = performance.now();
              const knows = (progress: OrderProgress) => {
                // Another order is painted by now: that is later still.
                if (progress.orderId === orderId && placeOf(progress) < known) return;
                viewer.off("order:progress", knows);
                clearTimeout(late);
                back(performance.now() - droppedAt);
              };
              const late = setTimeout(() => back(Number.POSITIVE_INFINITY), BACK_WITHIN_MS);
              viewer.on("order:progress", knows);
              viewer.connect();
            }),
        ),
      );
    },
    close(): void {
      for (const viewer of viewers) viewer.close();
    },
  };
}

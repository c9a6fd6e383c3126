/** How a web process ends that others send requests to: it says so first, then lets go of its port, then answers what it has begun. */
import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";

const START = "http.server.request.start";
const LOOK_MS = 25;

interface Options {
  /** From when it says that it is not ready to when it takes no more connections. */
  readonly noticeMs: number;
  /** What takes longer is broken off. */
  readonly withinMs: number;
  readonly onEnd: () => Promise<void>;
}

export interface Leaving {
  readonly isLeaving: boolean;
  /** Resolves when there is nothing more to wait for; called again, it is the same leave. */
  leave(): Promise<void>;
}

/**
 * Of all servers of this process, which are known by what they are asked: who listens knows nothing of this. Sockets that were
 * passed on to inference are not waited for: a browser opens another, and is shown the last that it missed.
 */
export function leaveGently({ noticeMs, withinMs, onEnd }: Options): Leaving {
  const servers = new Set<Server>();
  let answering = 0;
  let left: Promise<void> | undefined;
  subscribe(START, (message) => {
    const { server, response } = message as { request: IncomingMessage; response: ServerResponse; server: Server };
    servers.add(server);
    answering++;
    response.once("close", () => answering--);
    if (left !== undefined) response.setHeader("connection", "close");
  });
  const leave = async () => {
    await sleep(noticeMs);
    for (const server of servers) {
      server.close();
      server.closeIdleConnections();
    }
    for (const until = Date.now() + withinMs; answering > 0 && Date.now() < until; ) await sleep(LOOK_MS);
    await onEnd();
  };
  return {
    get isLeaving() {
      return left !== undefined;
    },
    leave() {
      left ??= leave();
      return left;
    },
  };
}

import { subscribe, unsubscribe } from "node:diagnostics_channel";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Metrics } from "#server/ports.ts";

const START = "http.server.request.start";

/** What Node calls a request that its server could not read. */
const METHODS = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);

/**
 * Times every request that this process answers, whichever server of it does. `routeOf` gives one of
 * few names for an address, or null for what is not to be counted. Gives what ends it.
 */
export function timeRequests(metrics: Pick<Metrics, "answered">, routeOf: (pathname: string) => string | null) {
  const onStart = (message: unknown) => {
    const { request, response } = message as { request: IncomingMessage; response: ServerResponse };
    const [pathname = "/"] = (request.url ?? "/").split("?", 1);
    const route = routeOf(pathname);
    if (route === null) return;
    const startedAt = performance.now();
    const method = METHODS.has(request.method ?? "") ? request.method! : "other";
    response.once("close", () => {
      const seconds = (performance.now() - startedAt) / 1_000;
      // 499: whoever asked hung up before the answer was whole.
      const status = response.writableFinished ? response.statusCode : 499;
      metrics.answered({ method, route, status, seconds });
    });
  };
  subscribe(START, onStart);
  return () => void unsubscribe(START, onStart);
}

import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { isLoopback, isOwnName } from "#contracts/own-names.ts";

interface Exposition {
  readonly contentType: string;
  readonly text: string;
}

interface Options {
  /** Where the port is taken, it throws; 0 takes any that is free. */
  readonly port: number;
  /** On loopback whoever asks must know its name: no page elsewhere does. */
  readonly host: string;
  readonly read: () => Promise<Exposition>;
  /** False once it is told to end. */
  readonly isReady: () => boolean;
}

/** `/metrics`, `/health/live` and `/health/ready`, for a program that answers nothing else. */
export async function serveMetrics({ port, host, read, isReady }: Options) {
  const server = createServer((request, response) => {
    const end = (status: number, text = "", contentType = "text/plain; charset=utf-8") =>
      response.writeHead(status, { "content-type": contentType, "cache-control": "no-store" }).end(text);
    const isMeant = !isLoopback(host) || isOwnName(request.headers.host);
    if (!isMeant) return end(403, "Metrics are for this machine alone.");
    if (request.method === "GET" && request.url === "/health/live") return end(200, "ok");
    if (request.method === "GET" && request.url === "/health/ready")
      return isReady() ? end(200, "ready") : end(503, "It is told to end.");
    if (request.method !== "GET" || request.url !== "/metrics") return end(404, "There is nothing here but /metrics.");
    read().then(
      ({ contentType, text }) => end(200, text, contentType),
      () => end(500, "What is measured could not be read."),
    );
  });
  await new Promise<void>((listening, reject) => {
    server.once("error", reject);
    server.listen(port, host, listening);
  });
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  return { port: (server.address() as AddressInfo).port, close };
}

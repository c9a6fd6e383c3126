import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { isOwnName } from "#contracts/own-names.ts";

interface Exposition {
  readonly contentType: string;
  readonly text: string;
}

/** `GET /metrics` on loopback, for a program that answers nothing else. Throws where the port is taken; 0 takes any that is free. */
export async function serveMetrics(port: number, read: () => Promise<Exposition>) {
  const server = createServer((request, response) => {
    const end = (status: number, text = "", contentType = "text/plain; charset=utf-8") =>
      response.writeHead(status, { "content-type": contentType, "cache-control": "no-store" }).end(text);
    if (!isOwnName(request.headers.host)) return end(403, "Metrics are for this machine alone.");
    if (request.method !== "GET" || request.url !== "/metrics") return end(404, "There is nothing here but /metrics.");
    read().then(
      ({ contentType, text }) => end(200, text, contentType),
      () => end(500, "What is measured could not be read."),
    );
  });
  await new Promise<void>((listening, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", listening);
  });
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  return { port: (server.address() as AddressInfo).port, close };
}

/** Whoever takes error reports: Sentry's envelope protocol over HTTP. What it is sent is kept. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { gunzipSync } from "node:zlib";

export interface ReportedEvent {
  readonly exception?: {
    readonly values: readonly { readonly type: string; readonly value: string; readonly stacktrace?: unknown }[];
  };
  readonly contexts?: { readonly trace?: { readonly trace_id: string } };
  readonly tags?: Readonly<Record<string, string>>;
  readonly release?: string;
}

/** An envelope is a line of headers, then an item each: a line of headers with its length, and the item. */
function eventsIn(envelope: string): ReportedEvent[] {
  const [, ...lines] = envelope.split("\n");
  const events: ReportedEvent[] = [];
  for (let at = 0; at + 1 < lines.length; at += 2)
    if (JSON.parse(lines[at]!).type === "event") events.push(JSON.parse(lines[at + 1]!));
  return events;
}

export async function startErrorTracker() {
  const events: ReportedEvent[] = [];
  const bodies: string[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const address = new URL(request.url ?? "/", "http://tracker");
      const isOurs = address.pathname === "/api/7/envelope/" && address.searchParams.get("sentry_key") === "publickey";
      if (request.method !== "POST" || !isOurs) return response.writeHead(403).end();
      const sent = Buffer.concat(chunks);
      const body = (request.headers["content-encoding"] === "gzip" ? gunzipSync(sent) : sent).toString("utf8");
      bodies.push(body);
      events.push(...eventsIn(body));
      response.writeHead(200, { "content-type": "application/json" }).end('{"id":"0"}');
    });
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address() as AddressInfo;
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  return { dsn: `http://publickey@127.0.0.1:${port}/7`, events, bodies, close };
}

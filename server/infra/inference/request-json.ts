import { type Agent, request } from "node:http";
import { AriaError } from "#contracts/errors.ts";
import { activeIds, currentTraceparent, span } from "#telemetry/span.ts";

interface Options {
  readonly method: "GET" | "POST" | "DELETE";
  readonly agent: Agent;
  readonly key?: string | undefined;
  readonly signal: AbortSignal;
  readonly json?: unknown;
}

/**
 * One HTTP exchange in JSON, as a span of the trace under way. Refused, reset and timed-out connections become UNAVAILABLE;
 * an abort passes through.
 */
export function requestJson(url: URL, options: Options) {
  // What is asked by the clock begins no trace.
  if (!activeIds()) return exchange(url, options);
  const { method } = options;
  const [, first] = url.pathname.split("/");
  const attributes = { "http.request.method": method, "server.address": url.hostname, "url.path": url.pathname };
  return span(`${method} /${first}`, { kind: "client", attributes }, () => exchange(url, options));
}

function exchange(url: URL, { method, agent, key, signal, json }: Options) {
  const payload = json === undefined ? undefined : Buffer.from(JSON.stringify(json));
  const traceparent = currentTraceparent();
  const headers = {
    ...(payload && { "content-type": "application/json", "content-length": payload.length }),
    ...(traceparent && { traceparent }),
    ...(key !== undefined && { authorization: `Bearer ${key}` }),
  };
  return new Promise<{ status: number; body: unknown }>((resolve, reject) => {
    const fail = (cause: unknown) => {
      const timedOut = signal.aborted && (signal.reason as Error | undefined)?.name === "TimeoutError";
      if (signal.aborted && !timedOut) reject(signal.reason);
      else reject(new AriaError("UNAVAILABLE", { dependency: "inference" }, { cause }));
    };
    const call = request(url, { method, agent, signal, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", fail);
      response.on("end", () => {
        const text = Buffer.concat(chunks).toString("utf8");
        try {
          resolve({ status: response.statusCode ?? 0, body: text === "" ? null : JSON.parse(text) });
        } catch (cause) {
          fail(cause);
        }
      });
    });
    call.on("error", fail);
    call.end(payload);
  });
}

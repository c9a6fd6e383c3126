import { type Agent, request } from "node:http";
import { AriaError } from "#contracts/errors.ts";

interface Options {
  readonly method: "GET" | "POST" | "DELETE";
  readonly agent: Agent;
  readonly signal: AbortSignal;
  readonly json?: unknown;
}

/** One HTTP exchange in JSON. Refused, reset and timed-out connections become UNAVAILABLE; an abort passes through. */
export function requestJson(url: URL, { method, agent, signal, json }: Options) {
  const payload = json === undefined ? undefined : Buffer.from(JSON.stringify(json));
  const headers = payload ? { "content-type": "application/json", "content-length": payload.length } : {};
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

/**
 * Errors to whoever speaks Sentry's protocol (Sentry, GlitchTip, Bugsink): events in envelopes, to the address in a DSN. By
 * Sentry's own core, which does nothing of itself: their package for Node patches modules and brings a tracer of its own.
 */
import type { Event } from "@sentry/core";
import type { Redact } from "./redact.ts";
import { activeIds } from "./span.ts";

const SEND_BY_MS = 2_000;
const BREADTH = 20;

interface Options {
  /** None: nothing is loaded, and nothing is sent. */
  readonly dsn: string | undefined;
  readonly service: string;
  readonly release: string;
  readonly redact: Redact;
}

export interface ErrorReports {
  readonly report: (error: unknown, message: string) => void;
  /** Sends the rest, as far as that can be done soon. */
  readonly flush: () => Promise<void>;
}

/** Expected errors have a code of their own, and are answered: only what nobody foresaw is worth a report. */
const isExpected = (error: unknown): boolean => error instanceof Error && error.name === "AriaError";

export async function startErrorReports({ dsn, service, release, redact }: Options): Promise<ErrorReports | null> {
  if (dsn === undefined) return null;
  const [core, server] = await Promise.all([import("@sentry/core"), import("@sentry/core/server")]);
  const client = new server.ServerRuntimeClient({
    dsn,
    release,
    platform: "node",
    runtime: { name: "node", version: process.version },
    integrations: [],
    stackParser: core.createStackParser(server.nodeStackLineParser()),
    transport: (options) =>
      core.createTransport(options, async ({ body }) => {
        // Typed by its own buffers, which are those of the platform.
        const sent = await fetch(options.url, {
          method: "POST",
          body: body as BodyInit,
          headers: options.headers ?? {},
        });
        await sent.arrayBuffer();
        return {
          statusCode: sent.status,
          headers: {
            "x-sentry-rate-limits": sent.headers.get("x-sentry-rate-limits"),
            "retry-after": sent.headers.get("retry-after"),
          },
        };
      }),
    beforeSend: (event) => clean(event, redact),
  });
  client.init();
  return {
    report(error, message) {
      if (isExpected(error)) return;
      const found = activeIds();
      const trace = found && { trace: { trace_id: found.traceId, span_id: found.spanId } };
      const known = error instanceof Error ? withPlainMessage(error, redact) : new Error(redact.text(String(error)));
      void Promise.resolve(client.eventFromException(known)).then((event) =>
        client.captureEvent({
          ...event,
          tags: { service },
          extra: { said: redact.text(message) },
          ...(trace && { contexts: trace }),
        }),
      );
    },
    flush: async () => void (await client.flush(SEND_BY_MS)),
  };
}

/** What it says of itself, and what is told of it, must be clean before it is read. */
function withPlainMessage(error: Error, redact: Redact): Error {
  const plain = new Error(redact.message(error));
  plain.name = error.name;
  const frames = (error.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line));
  plain.stack = [`${error.name}: ${plain.message}`, ...frames].join("\n");
  return plain;
}

/** Nothing but what is listed here is sent. */
function clean<T extends Event>(event: T, redact: Redact): T {
  const { request: _request, user: _user, server_name: _name, breadcrumbs: _crumbs, ...rest } = event;
  const values = rest.exception?.values?.slice(0, BREADTH).map(({ value = "", ...more }) => ({
    ...more,
    value: redact.text(value),
  }));
  return { ...rest, ...(values && { exception: { values } }) } as T;
}

/** A line of JSON an event: with the trace it belongs to, and without secrets or what a person asked for. */
import pino, { type DestinationStream, type Logger } from "pino";
import type { Redact } from "./redact.ts";
import { activeIds } from "./span.ts";

const ERROR_LEVEL = 50;

interface Options {
  readonly name: string;
  readonly level: string;
  readonly redact: Redact;
  /** Told of everything that is logged as an error. */
  readonly report?: ((error: unknown, message: string) => void) | undefined;
  /** Standard output, where none is given. */
  readonly to?: DestinationStream;
}

export function makeLog({ name, level, redact, report, to }: Options): Logger {
  const options: pino.LoggerOptions = {
    name,
    level,
    mixin() {
      const ids = activeIds();
      // As Grafana and others look for them.
      return ids ? { trace_id: ids.traceId, span_id: ids.spanId } : {};
    },
    // What `formatters` has made of an error is whole already.
    serializers: { err: (error: unknown) => error },
    formatters: { log: (fields) => redact.value(fields) as Record<string, unknown> },
    hooks: {
      logMethod(args, method, lineLevel) {
        const [first, second] = args as unknown[];
        const said = typeof first === "string" ? first : String(second ?? "");
        if (report && lineLevel >= ERROR_LEVEL)
          report((first as { err?: unknown } | null)?.err ?? new Error(said), said);
        const plain = (args as unknown[]).map((part) => (typeof part === "string" ? redact.text(part) : part));
        method.apply(this, plain as Parameters<typeof method>);
      },
    },
  };
  return to ? pino(options, to) : pino(options);
}

/** Spans, by OpenTelemetry's API alone: without `startTracing` they cost a call and are nothing. */
import {
  type Attributes,
  type Context,
  context,
  isSpanContextValid,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
} from "@opentelemetry/api";

const tracer = () => trace.getTracer("aria");

const KINDS = { internal: SpanKind.INTERNAL, server: SpanKind.SERVER, client: SpanKind.CLIENT } as const;

interface SpanOptions {
  readonly kind?: keyof typeof KINDS;
  readonly attributes?: Attributes;
  /** A W3C traceparent from another process, in place of the span that is under way here. */
  readonly parent?: string | null;
}

/** Runs `work` as a span. What it throws is thrown on, and named by its code: a message may say what a person asked for. */
export function span<T>(
  name: string,
  { kind = "internal", attributes = {}, parent }: SpanOptions,
  work: () => Promise<T>,
) {
  const within = parent ? contextOf(parent) : context.active();
  return tracer().startActiveSpan(name, { kind: KINDS[kind], attributes }, within, async (one: Span): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      failSpan(error);
      throw error;
    } finally {
      one.end();
    }
  });
}

/** One that is over already. */
export function recordSpan(name: string, { parent, from, to }: { parent: string; from: Date; to: Date }): void {
  tracer().startSpan(name, { startTime: from }, contextOf(parent)).end(to);
}

export function failSpan(error: unknown): void {
  const { name, code } = error as { name?: unknown; code?: unknown };
  const message = String(code ?? name ?? "unknown");
  trace.getActiveSpan()?.setStatus({ code: SpanStatusCode.ERROR, message });
}

/** Adds to the span that is under way. */
export const annotateSpan = (attributes: Attributes): void => void trace.getActiveSpan()?.setAttributes(attributes);

export function activeIds(): { traceId: string; spanId: string } | null {
  const found = trace.getActiveSpan()?.spanContext();
  return found && isSpanContextValid(found) ? { traceId: found.traceId, spanId: found.spanId } : null;
}

/** Of the span that is under way, for another process (W3C Trace Context, version 00); null where there is none. */
export function currentTraceparent(): string | null {
  const found = trace.getActiveSpan()?.spanContext();
  if (!found || !isSpanContextValid(found)) return null;
  return `00-${found.traceId}-${found.spanId}-${found.traceFlags.toString(16).padStart(2, "0")}`;
}

/** What cannot be read begins a trace of its own, as the standard has it. */
function contextOf(traceparent: string): Context {
  const [, traceId, spanId, flags] = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/.exec(traceparent) ?? [];
  if (!traceId || !spanId || !flags) return ROOT_CONTEXT;
  const found = { traceId, spanId, traceFlags: Number.parseInt(flags, 16), isRemote: true };
  return isSpanContextValid(found) ? trace.setSpanContext(ROOT_CONTEXT, found) : ROOT_CONTEXT;
}

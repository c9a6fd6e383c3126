/**
 * OpenTelemetry, started only where there is a collector to send to: until then nothing of it is loaded, and every span is
 * the API's own nothing.
 */
import { context, trace } from "@opentelemetry/api";
import type { SpanProcessor } from "@opentelemetry/sdk-trace-base";

const SEND_BY_MS = 2_000;

interface Options {
  /** As traces name the program. */
  readonly service: string;
  /** Of the collector, as OTEL_EXPORTER_OTLP_ENDPOINT has it: `/v1/traces` follows. */
  readonly endpoint: string | undefined;
}

const ADDRESSES = ["http.target", "http.url", "url.full", "url.query"];

/** Next makes spans of its own, with whole addresses: what a person searches for stands in their queries. */
const WITHOUT_QUERIES: SpanProcessor = {
  onStart: () => {},
  onEnd({ attributes }) {
    for (const key of ADDRESSES) {
      const address = attributes[key];
      if (typeof address === "string") attributes[key] = key === "url.query" ? "" : address.split("?", 1)[0];
    }
  },
  forceFlush: async () => {},
  shutdown: async () => {},
};

/** Gives what sends the rest and ends it. Once a process. */
export async function startTracing({ service, endpoint }: Options): Promise<() => Promise<void>> {
  if (endpoint === undefined) return async () => {};
  const [{ BasicTracerProvider, BatchSpanProcessor }, { OTLPTraceExporter }, { resourceFromAttributes }, contexts] =
    await Promise.all([
      import("@opentelemetry/sdk-trace-base"),
      import("@opentelemetry/exporter-trace-otlp-http"),
      import("@opentelemetry/resources"),
      import("@opentelemetry/context-async-hooks"),
    ]);
  const exporter = new OTLPTraceExporter({ url: `${endpoint.replace(/\/$/, "")}/v1/traces` });
  const provider = new BasicTracerProvider({
    resource: resourceFromAttributes({ "service.name": service, "service.namespace": "aria" }),
    spanProcessors: [WITHOUT_QUERIES, new BatchSpanProcessor(exporter)],
  });
  context.setGlobalContextManager(new contexts.AsyncLocalStorageContextManager().enable());
  trace.setGlobalTracerProvider(provider);
  return async () => {
    const late = new Promise((resolve) => setTimeout(resolve, SEND_BY_MS).unref());
    // A collector that is away holds up nobody's end.
    await Promise.race([provider.shutdown().catch(() => {}), late]);
    trace.disable();
    context.disable();
  };
}

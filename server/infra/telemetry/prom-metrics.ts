import { Counter, collectDefaultMetrics, Gauge, Histogram, type OpenMetricsContentType, Registry } from "prom-client";
import { METRIC_NAMES as NAMES } from "#contracts/metric-names.ts";
import type { Figures, Learner, Metrics } from "#server/ports.ts";

/** From a distilled model on a GPU to a large one on a CPU. */
const GENERATION_SECONDS = [1, 2, 5, 10, 20, 30, 60, 120, 180, 300, 600];
const HTTP_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const STEPS = [1, 2, 4, 8, 12, 16, 20, 25, 30, 40, 50, 75, 100, 150];
const SHARES = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1];

/** Each label value is a series for ever: whoever installs more models than this sees the rest as one. */
const MOST_MODELS = 40;

interface Options {
  /** With what Node knows of its process. */
  readonly isWhole: boolean;
  /** W3C Trace Context; null where nobody traces. */
  readonly traceparent?: () => string | null;
}

/**
 * In the OpenMetrics text format, whose exemplars lead from a slow bucket to the trace of one such painting. Names are what
 * dashboards and alerts under `deploy/` are written against.
 */
export function promMetrics({ isWhole, traceparent = () => null }: Options): Metrics {
  const registry = new Registry<OpenMetricsContentType>();
  registry.setContentType(Registry.OPENMETRICS_CONTENT_TYPE);
  if (isWhole) collectDefaultMetrics({ register: registry });
  const { orders, works, learning, cache, http, gauges } = instruments(registry);
  const model = bounded(MOST_MODELS);
  return {
    orderEnded: ({ modelId, mood, status }) =>
      orders.requests.inc({ model: model(modelId), mood: mood ?? "none", status }),
    painted({ modelId, seconds, steps, images, score, scores }) {
      const traceId = traceparent()?.split("-")[1];
      const exemplarLabels = traceId === undefined ? {} : { trace_id: traceId };
      orders.seconds.observe({ labels: { model: model(modelId) }, value: seconds, exemplarLabels });
      works.steps.observe({ model: model(modelId) }, steps);
      works.images.inc({ model: model(modelId) }, images);
      works.quality.observe(score);
      if (scores.agreement !== null) works.agreement.observe(scores.agreement);
      if (scores.aesthetic !== null) works.aesthetic.observe(scores.aesthetic);
    },
    paintingFailed: (modelId, kind) => orders.errors.inc({ model: model(modelId), error_type: kind }),
    reacted: (action, mood) => learning.feedback.inc({ action, mood: mood ?? "none" }),
    taught: (learner) => learning.samples.inc({ learner }),
    cached: (name, result) => cache.inc({ cache: name, result }),
    answered: ({ seconds, ...labels }) => http.observe(labels, seconds),
    async exposition(figures, now) {
      gauges(figures, now);
      return { contentType: registry.contentType, text: await registry.metrics() };
    },
  };
}

function bounded(most: number): (value: string) => string {
  const known = new Set<string>();
  return (value) => {
    if (known.size < most) known.add(value);
    return known.has(value) ? value : "other";
  };
}

function instruments(registry: Registry<OpenMetricsContentType>) {
  const registers = [registry];
  const counter = (name: string, help: string, labelNames: string[]) =>
    new Counter({ name, help, labelNames, registers });
  const histogram = (name: string, help: string, labelNames: string[], buckets: number[]) =>
    new Histogram({ name, help, labelNames, buckets, registers });
  return {
    orders: {
      requests: counter(NAMES.requests, "Orders that came to their end.", ["model", "mood", "status"]),
      errors: counter(NAMES.errors, "Attempts at an order that failed, tried again or not.", ["model", "error_type"]),
      seconds: new Histogram<"model" | "trace_id">({
        name: NAMES.seconds,
        help: "From when a studio took an order to when its artwork was kept.",
        labelNames: ["model"],
        buckets: GENERATION_SECONDS,
        registers,
        enableExemplars: true,
      }),
    },
    works: {
      steps: histogram(NAMES.steps, "Denoising steps a candidate, of finished orders.", ["model"], STEPS),
      images: counter(NAMES.images, "Candidates painted for finished orders, kept or not.", ["model"]),
      quality: histogram(NAMES.quality, "Score of the kept candidate, 0 (poor) to 1 (good).", [], SHARES),
      agreement: histogram(NAMES.agreement, "How surely the scorer sees the theme in what was kept.", [], SHARES),
      aesthetic: histogram(
        NAMES.aesthetic,
        "The aesthetic critic on what was kept, where one is installed.",
        [],
        SHARES,
      ),
    },
    learning: {
      feedback: counter(NAMES.feedback, "Reactions of people to artworks, each kind once a work.", ["action", "mood"]),
      samples: counter(NAMES.samples, "Reactions and duels that were learned from.", ["learner"]),
    },
    cache: counter(NAMES.cache, "What was asked of a cache; error: it could not be asked.", ["cache", "result"]),
    http: histogram(NAMES.http, "HTTP requests, to their last byte.", ["method", "route", "status"], HTTP_SECONDS),
    gauges: lookedUp(registry),
  };
}

/** Series that are there only while they are known. */
function lookedUp(registry: Registry<OpenMetricsContentType>): (figures: Figures | null, now: Date) => void {
  const gauge = (name: string, help: string, labelNames: string[] = []) =>
    new Gauge({ name, help, labelNames, registers: [registry] });
  const depth = gauge(NAMES.queueDepth, "Orders that wait.");
  const age = gauge(NAMES.queueAge, "How long the first of the waiting orders has waited; 0 where none waits.");
  const score = gauge(
    NAMES.learningScore,
    "reactions: mean reward of what she chose, faded. duels: share of the checks foreseen right. 0 to 1.",
    ["learner"],
  );
  return (figures, now) => {
    depth.remove();
    age.remove();
    score.reset();
    if (!figures) return;
    const { backlog, scores } = figures;
    depth.set(backlog.waiting);
    age.set(backlog.since === null ? 0 : Math.max(0, now.getTime() - backlog.since.getTime()) / 1_000);
    for (const [learner, value] of Object.entries(scores) as [Learner, number | null][])
      if (value !== null) score.set({ learner }, value);
  };
}

/** Many engines and the orders that come to them, event by event, with the rules by which Aria herself sends them. */
import { LRUCache } from "lru-cache";
import type { InferenceHealth } from "#contracts/generation.ts";
import { rankPlaces } from "#server/infra/inference/rank-places.ts";
import { seeded } from "#tests/seeded.ts";
import { percentile } from "./figures.ts";

export interface Fleet {
  readonly engines: number;
  readonly models: number;
  /** Models that an engine holds open. */
  readonly held: number;
  /** Share of what the engines could paint, were every model open. */
  readonly load: number;
  readonly paintSeconds: number;
  readonly openSeconds: number;
  readonly orders: number;
  readonly seed: number;
}

export type Asked = (urls: readonly string[], order: { orderId: string; modelId: string }) => readonly string[];

interface Engine {
  readonly url: string;
  readonly open: LRUCache<string, true>;
  freeAt: number;
  /** Ends of what is painted there or waits there. */
  readonly ends: number[];
}

/** A painting takes half to one and a half times the mean: sizes and steps differ. */
const SPREAD = 1;

/** Models are asked for by Zipf's law; orders come by Poisson's. Seconds. */
export function simulateFleet(fleet: Fleet, asked: Asked) {
  const chance = seeded(fleet.seed);
  const names = Array.from({ length: fleet.models }, (_, i) => `model-${i}`);
  const engines = new Map(
    Array.from({ length: fleet.engines }, (_, i): [string, Engine] => {
      const url = `http://engine-${i}`;
      return [url, { url, open: new LRUCache({ max: fleet.held }), freeAt: 0, ends: [] }];
    }),
  );
  const urls = [...engines.keys()];
  const draw = zipf(fleet.models, chance);
  const perSecond = (fleet.load * fleet.engines) / fleet.paintSeconds;
  const waits: number[] = [];
  let [now, warm, questions] = [0, 0, 0];
  for (let n = 0; n < fleet.orders; n++) {
    now -= Math.log(1 - chance()) / perSecond;
    const order = { orderId: `order-${n}`, modelId: names[draw()]! };
    const some = asked(urls, order).map((url) => engines.get(url)!);
    questions += some.length;
    const places = some.map((engine) => ({ url: engine.url, health: healthOf(engine, names, now) }));
    const engine = engines.get(rankPlaces(places, order)[0]!)!;
    const isWarm = engine.open.has(order.modelId);
    const took = fleet.paintSeconds * (1 - SPREAD / 2 + SPREAD * chance()) + (isWarm ? 0 : fleet.openSeconds);
    const startsAt = Math.max(now, engine.freeAt);
    engine.freeAt = startsAt + took;
    engine.ends.push(engine.freeAt);
    engine.open.set(order.modelId, true);
    if (isWarm) warm += 1;
    // What comes first finds every engine idle and cold.
    if (n > fleet.orders / 4) waits.push(startsAt - now);
  }
  const { orders } = fleet;
  return {
    waitMean: waits.reduce((sum, wait) => sum + wait, 0) / waits.length,
    waitP50: percentile(waits, 50),
    waitP95: percentile(waits, 95),
    warmShare: warm / orders,
    asked: questions / orders,
    perSecond,
  };
}

function zipf(count: number, chance: () => number): () => number {
  const weights = Array.from({ length: count }, (_, i) => 1 / (i + 1));
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  return () => {
    let left = chance() * whole;
    return Math.max(
      0,
      weights.findIndex((weight) => {
        left -= weight;
        return left <= 0;
      }),
    );
  };
}

/** What a place says of itself, as far as it is asked for. */
function healthOf(engine: Engine, names: readonly string[], now: number): InferenceHealth {
  while (engine.ends.length > 0 && engine.ends[0]! <= now) engine.ends.shift();
  const models = names.map((id) => ({ id, state: engine.open.has(id) ? "ready" : "cold" }));
  const [painting, ...waiting] = engine.ends;
  return {
    ready: true,
    processId: engine.url,
    painting: painting === undefined ? [] : [String(painting)],
    waiting: waiting.length,
    devices: [{ provider: "cpu", fallbackReason: null }],
    models: models as InferenceHealth["models"],
    programs: [],
  };
}

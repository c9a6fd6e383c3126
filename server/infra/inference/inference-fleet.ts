/** Several inference processes as one: each order goes where it is best painted, and on to another where one is gone. */
import { AriaError, isAriaError } from "#contracts/errors.ts";
import { furthestAlong } from "#contracts/furthest-along.ts";
import type { InferenceHealth, PaintOrder, PaintReply } from "#contracts/generation.ts";
import type { ImageGenerator } from "#server/ports.ts";
import type { InferencePlaces, Place } from "./inference-places.ts";
import { placesFor } from "./places-for.ts";
import { rankPlaces } from "./rank-places.ts";

export type GeneratorAt = (url: string) => ImageGenerator;

/** A place that goes under with an order may do so because of it: it is tried at so many. */
const PLACES_AT_MOST = 3;
const PULSE_EVERY_MS = 2_000;
/** Missed in a row, after each has been waited for: a machine that is gone closes no connection. */
const PULSES_MISSED = 2;

const nobody = (cause?: unknown) => new AriaError("UNAVAILABLE", { dependency: "inference" }, { cause });

/** Whether another place may do better. */
const isPassing = (error: unknown): boolean =>
  isAriaError(error) &&
  (error.code === "BUSY" || (error.code === "UNAVAILABLE" && error.facts.dependency === "inference"));

export function inferenceFleet(
  places: InferencePlaces,
  at: GeneratorAt,
  pulseEveryMs = PULSE_EVERY_MS,
): ImageGenerator {
  const underway = new Map<string, Set<string>>();

  async function paintAt(url: string, order: PaintOrder, signal: AbortSignal): Promise<PaintReply> {
    const orders = underway.get(url) ?? new Set();
    underway.set(url, orders.add(order.orderId));
    const pulse = feelPulse(at(url), pulseEveryMs);
    try {
      return await at(url).paint(order, AbortSignal.any([signal, pulse.lost]));
    } finally {
      pulse.end();
      orders.delete(order.orderId);
    }
  }

  /** Of whoever answers first to one after the other; throws what the last of them said. */
  async function ofOne<T>(ask: (generator: ImageGenerator) => Promise<T>): Promise<T> {
    let last: unknown;
    for (const url of answering(await places.survey())) {
      try {
        return await ask(at(url));
      } catch (error) {
        if (!isPassing(error)) throw error;
        last = error;
      }
    }
    throw last ?? nobody();
  }

  return {
    async paint(order, signal) {
      const [only, ...others] = await places.list();
      if (only !== undefined && others.length === 0) return at(only).paint(order, signal);
      const tried = new Set<string>();
      let last: unknown;
      while (tried.size < PLACES_AT_MOST) {
        const ranked = rankPlaces(await places.ask(placesFor(await places.list(), order)), order, underway);
        const best = ranked.find((url) => !tried.has(url));
        if (best === undefined) break;
        tried.add(best);
        try {
          return await paintAt(best, order, signal);
        } catch (error) {
          if (signal.aborted || !isPassing(error)) throw error;
          last = error;
        }
      }
      throw last ?? nobody();
    },
    async cancel(id) {
      await Promise.all((await places.list()).map((url) => at(url).cancel(id)));
    },
    async whisper(orderId, thought) {
      // Whoever hears it tells all who watch; it is quiet about nobody being there.
      const [first] = answering(await places.survey());
      if (first) await at(first).whisper(orderId, thought);
    },
    async health() {
      const healths = (await places.survey(0)).flatMap(({ health }) => health ?? []);
      const [first, ...others] = healths;
      if (!first) throw nobody();
      return others.reduce(together, first);
    },
    lexicon: (modelId) => ofOne((generator) => generator.lexicon(modelId)),
    meaning: (modelId, words) => ofOne((generator) => generator.meaning(modelId, words)),
  };
}

const answering = (places: readonly Place[]): string[] =>
  places.flatMap(({ url, health }) => (health === null ? [] : [url]));

/** Aborts `lost` once a place has not answered for a while. */
function feelPulse(generator: ImageGenerator, everyMs: number): { lost: AbortSignal; end: () => void } {
  const lost = new AbortController();
  let missed = 0;
  let timer = setTimeout(feel, everyMs);
  async function feel(): Promise<void> {
    missed = await generator.health().then(
      () => 0,
      () => missed + 1,
    );
    if (missed >= PULSES_MISSED) lost.abort(nobody());
    else if (!isOver) timer = setTimeout(feel, everyMs);
  }
  let isOver = false;
  return {
    lost: lost.signal,
    end() {
      isOver = true;
      clearTimeout(timer);
    },
  };
}

function together(a: InferenceHealth, b: InferenceHealth): InferenceHealth {
  const cards = [...a.models, ...b.models];
  const ids = new Set(cards.map(({ id }) => id));
  const models = [...ids].map((id) => furthestAlong(cards.filter((card) => card.id === id)));
  return {
    ready: a.ready || b.ready,
    processId: a.processId,
    painting: [...a.painting, ...b.painting],
    waiting: a.waiting + b.waiting,
    devices: [...a.devices, ...b.devices],
    models,
    programs: [...a.programs, ...b.programs],
  };
}

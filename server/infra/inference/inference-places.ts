/** Where inference runs, and how it is doing there: one place or many, which come and go. */
import { lookup } from "node:dns/promises";
import { isIP } from "node:net";
import type { InferenceHealth } from "#contracts/generation.ts";
import { isLoopback } from "#contracts/own-names.ts";
import { hold } from "#server/infra/hold.ts";

export interface Place {
  readonly url: string;
  /** Null where nobody answers. */
  readonly health: InferenceHealth | null;
}

export interface InferencePlaces {
  /** Addresses alone: asks nobody but the name server. */
  list(): Promise<string[]>;
  /** As they are now. */
  ask(urls: readonly string[]): Promise<Place[]>;
  /** All of them, as they were at most `maxAgeMs` ago. */
  survey(maxAgeMs?: number): Promise<Place[]>;
}

const NAMES_HOLD_MS = 2_000;
const HEALTH_HOLDS_MS = 1_000;

/** A name may stand for several machines, as a headless service of Kubernetes or a scaled one of compose does: each is a place. */
async function placesAt(url: string): Promise<string[]> {
  const { hostname, port } = new URL(url);
  if (isLoopback(hostname) || isIP(hostname.replace(/^\[|\]$/g, "")) !== 0) return [url];
  // One that the name server does not know just now is asked by its name, and told of as away.
  const found = await lookup(hostname, { all: true }).catch(() => []);
  if (found.length === 0) return [url];
  return found.map(({ address, family }) => `http://${family === 6 ? `[${address}]` : address}:${port || 80}`);
}

export function inferencePlaces(
  urls: readonly string[],
  healthAt: (url: string) => Promise<InferenceHealth>,
): InferencePlaces {
  const names = hold(async () => [...new Set((await Promise.all(urls.map(placesAt))).flat())].sort());
  const list = () => names(NAMES_HOLD_MS);
  const ask = (asked: readonly string[]) =>
    Promise.all(asked.map(async (url) => ({ url, health: await healthAt(url).catch(() => null) })));
  const survey = hold(async () => ask(await list()));
  return { list, ask, survey: (maxAgeMs = HEALTH_HOLDS_MS) => survey(maxAgeMs) };
}

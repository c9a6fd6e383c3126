import type { InferenceHealth } from "#contracts/generation.ts";
import type { Place } from "./inference-places.ts";

type Answering = Place & { readonly health: InferenceHealth };

/** Orders on the way to a place that it may not have told of yet, by its address. */
export type Underway = ReadonlyMap<string, ReadonlySet<string>>;

const isHeldAt = ({ health }: Answering, modelId: string): boolean =>
  health.models.some(({ id, state }) => id === modelId && state === "ready");

/** Orders an engine has to see to there, this one not counted. */
function loadAt({ url, health }: Answering, orderId: string, underway: Underway): number {
  const known = new Set([...health.painting, ...(underway.get(url) ?? [])]);
  known.delete(orderId);
  return (known.size + health.waiting) / health.devices.length;
}

/**
 * Where an order is best painted, the best first: where it is being painted already; where an engine is free and has the model
 * open; where one is free; then by how much there is to do, of two alike where the model is open. None where nobody answers;
 * without the model only where nobody has it, to be told so.
 */
export function rankPlaces(
  places: readonly Place[],
  { orderId, modelId }: { readonly orderId: string; readonly modelId: string },
  underway: Underway = new Map(),
): string[] {
  const answering = places.filter((place): place is Answering => place.health !== null);
  const knowing = answering.filter(({ health }) => health.models.some(({ id }) => id === modelId));
  const ranked = (knowing.length > 0 ? knowing : answering).map((place) => {
    const load = loadAt(place, orderId, underway);
    const isOnEasel = place.health.painting.includes(orderId);
    return {
      url: place.url,
      keys: [!isOnEasel, !place.health.ready, Math.floor(load), !isHeldAt(place, modelId), load],
    };
  });
  return ranked.sort((a, b) => compare(a.keys, b.keys)).map(({ url }) => url);
}

function compare(a: readonly (boolean | number)[], b: readonly (boolean | number)[]): number {
  const at = a.findIndex((key, i) => Number(key) !== Number(b[i]));
  return at === -1 ? 0 : Number(a[at]) - Number(b[at]);
}

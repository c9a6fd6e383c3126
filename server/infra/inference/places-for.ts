import { createHash } from "node:crypto";

/** Asked how they are doing, for one order: were each of a thousand asked for each order, asking would be most of their work. */
export const PLACES_ASKED = 64;
/** Of these. */
const BY_MODEL = 16;

/** Weight of a place for a name: each name has its places in an order of its own, which others' coming and going leaves alone. */
const weightOf = (name: string, url: string): number =>
  createHash("sha256").update(`${name} ${url}`).digest().readUIntBE(0, 6);

const heaviest = (name: string, urls: readonly string[], count: number): string[] =>
  urls
    .map((url) => ({ url, weight: weightOf(name, url) }))
    .sort((a, b) => b.weight - a.weight)
    .slice(0, count)
    .map(({ url }) => url);

/**
 * Which places are asked for an order, by rendezvous hashing (Thaler and Ravishankar 1998): all of a few. Of many, some by its
 * model, so that orders of a model meet where it was opened; the rest by the order, so that whoever takes it up after another asks
 * the same and finds it being painted. The same whoever asks.
 */
export function placesFor(
  urls: readonly string[],
  { orderId, modelId }: { readonly orderId: string; readonly modelId: string },
): string[] {
  if (urls.length <= PLACES_ASKED) return [...urls];
  const byModel = heaviest(modelId, urls, BY_MODEL);
  const rest = urls.filter((url) => !byModel.includes(url));
  return [...byModel, ...heaviest(orderId, rest, PLACES_ASKED - byModel.length)];
}

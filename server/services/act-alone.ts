import { AriaError } from "#contracts/errors.ts";
import type { Artist, ArtistId, Autonomy, AutonomyInput } from "#contracts/mind.ts";
import { type Order, OrderId } from "#contracts/order.ts";
import { heldBackBy, midnightBefore, planNext } from "#server/domain/autonomy/plan.ts";
import { uuidFrom } from "#server/domain/seeds.ts";
import { findArtist } from "./find-artist.ts";
import { makePlaceOrder, type PlaceDeps } from "./place-order.ts";

async function planFor({ orders, now, rng }: PlaceDeps, artist: Artist, settings: Autonomy): Promise<Date> {
  const begunToday = await orders.countOwn(artist.id, midnightBefore(now()));
  return planNext(settings, {
    now: now(),
    begunToday,
    energy: artist.energy,
    curiosity: artist.curiosity,
    chance: rng(),
  });
}

/** What a person lets her do unasked; she plans at once. Throws NOT_FOUND. */
export function makeSetAutonomy(deps: PlaceDeps) {
  return async function setAutonomy({ artistId, ...wanted }: AutonomyInput): Promise<Artist> {
    const { artists } = deps;
    const artist = await findArtist(artists, artistId);
    const settings = { ...wanted, nextAt: null };
    const nextAt = wanted.isOn ? await planFor(deps, artist, settings) : null;
    return artists.setAutonomy(artistId, { ...settings, nextAt });
  };
}

/**
 * Asked every minute: whoever may and wants to begins one work. It is placed under an id that follows from when it was
 * planned for, and only then is the next one planned: killed in between, or asked twice at once, she begins one. What was
 * missed while nobody ran her is one work late, and not many. Whose line is full begins none this time.
 */
export function makeActAlone(deps: PlaceDeps) {
  const placeOrder = makePlaceOrder(deps);
  return async function actAlone(): Promise<Order[]> {
    const { artists, orders, now } = deps;
    const begun: Order[] = [];
    for (const artist of await artists.list()) {
      const { id, autonomy } = artist;
      const begunToday = await orders.countOwn(id, midnightBefore(now()));
      const why = heldBackBy(autonomy, now(), begunToday);
      if (why === "off" || why === "waiting") continue;
      const orderId = OrderId.parse(uuidFrom(`${id}:${autonomy.nextAt?.getTime()}`));
      const order = why === null ? await placeOrder(await ownOrder(deps, id, orderId)).catch(nullIfLineIsFull) : null;
      const isPlanned = await artists.plan(id, autonomy.nextAt, await planFor(deps, artist, autonomy));
      if (order && isPlanned) begun.push(order);
    }
    return begun;
  };
}

function nullIfLineIsFull(error: unknown): null {
  if (error instanceof AriaError && error.code === "CONFLICT") return null;
  throw error;
}

const ownOrder = async ({ flags }: PlaceDeps, artistId: ArtistId, id: OrderId) => ({
  id,
  artistId,
  prompt: "",
  negativePrompt: "",
  enhance: true,
  count: await flags.read("own-candidates", id),
  own: true,
});

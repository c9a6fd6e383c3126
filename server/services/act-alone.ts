import type { Artist, ArtistId, Autonomy, AutonomyInput } from "#contracts/mind.ts";
import { type Order, OrderId } from "#contracts/order.ts";
import { heldBackBy, midnightBefore, planNext } from "#server/domain/autonomy/plan.ts";
import type { Ports } from "#server/ports.ts";
import { makePlaceOrder } from "./place-order.ts";

type Deps = Pick<Ports, "artists" | "blobs" | "generator" | "newId" | "now" | "orders" | "rng">;

/** Pictures she paints to choose from when nobody watches. */
const CANDIDATES = 3;

async function planFor({ orders, now, rng }: Deps, artist: Artist, settings: Autonomy, begun = 0): Promise<Date> {
  const begunToday = begun + (await orders.countOwn(artist.id, midnightBefore(now())));
  return planNext(settings, {
    now: now(),
    begunToday,
    energy: artist.energy,
    curiosity: artist.curiosity,
    chance: rng(),
  });
}

/** What a person lets her do unasked; she plans at once. Throws NOT_FOUND. */
export function makeSetAutonomy(deps: Deps) {
  return async function setAutonomy({ artistId, ...wanted }: AutonomyInput): Promise<Artist> {
    const { artists } = deps;
    const artist = await artists.setAutonomy(artistId, { ...wanted, nextAt: null });
    if (!wanted.isOn) return artist;
    return artists.setAutonomy(artistId, { ...wanted, nextAt: await planFor(deps, artist, artist.autonomy) });
  };
}

/**
 * Asked every minute: whoever may and wants to begins one work. Of two studios that ask at once one does; what was missed
 * while nobody ran her is one work late, and not many.
 */
export function makeActAlone(deps: Deps) {
  const placeOrder = makePlaceOrder(deps);
  return async function actAlone(): Promise<Order[]> {
    const { artists, orders, now } = deps;
    const placed: Order[] = [];
    for (const artist of await artists.list()) {
      const { autonomy } = artist;
      const begunToday = await orders.countOwn(artist.id, midnightBefore(now()));
      const why = heldBackBy(autonomy, now(), begunToday);
      if (why === "off" || why === "waiting") continue;
      const nextAt = await planFor(deps, artist, autonomy, why === null ? 1 : 0);
      // Whoever plans the next one first begins this one.
      if (!(await artists.plan(artist.id, autonomy.nextAt, nextAt)) || why !== null) continue;
      placed.push(await placeOrder(ownOrder(artist.id, OrderId.parse(deps.newId()))));
    }
    return placed;
  };
}

const ownOrder = (artistId: ArtistId, id: OrderId) => ({
  id,
  artistId,
  prompt: "",
  negativePrompt: "",
  enhance: true,
  count: CANDIDATES,
  own: true,
});

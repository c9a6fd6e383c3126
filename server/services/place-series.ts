import { DEFAULT_MODEL } from "#contracts/order.ts";
import type { PlaceSeriesInput, Series } from "#contracts/series.ts";
import { armsOf, hear, suited } from "#server/domain/concept/propose.ts";
import { choose } from "#server/domain/learning/bandit.ts";
import { chanceFrom } from "#server/domain/seeds.ts";
import { piecesOf } from "#server/domain/series/vary.ts";
import type { Ports } from "#server/ports.ts";
import { survey } from "./conceive.ts";
import { makePlaceOrder } from "./place-order.ts";

type Deps = Pick<
  Ports,
  "artists" | "artworks" | "blobs" | "generator" | "learning" | "newId" | "now" | "orders" | "rng" | "series"
>;

/** Decides what all pieces share, and places an order for each; what was placed before, under the same id, stays. */
export function makePlaceSeries(deps: Deps) {
  const placeOrder = makePlaceOrder(deps);
  return async function placeSeries(input: PlaceSeriesInput): Promise<Series> {
    const { artists, series, now } = deps;
    const { id, theme, dimension, count, candidates } = input;
    // So that it goes on as it began, should placing it break off.
    const rng = chanceFrom(id);
    const known = await series.get(id);
    if (known && known.pieces.length >= count) return known;
    const [artist] = await artists.list();
    if (!artist) throw new Error("there is no artist to paint it");
    const wanted = { theme, asked: {}, sketch: null, enhance: true, modelId: DEFAULT_MODEL };
    const { situation, card } = await survey(deps, artist, wanted);
    const said = hear(theme, situation.lexicon);
    const pick = (kind: "style" | "palette") => choose(suited(armsOf(kind, situation), kind, situation), rng);
    const palette = known?.palette ?? (said.palette === null ? pick("palette") : "");
    const manner = dimension === "manner" || said.style !== null ? null : pick("style");
    await series.create({ id, theme, dimension, palette, createdAt: now() });
    const { vocabulary } = card;
    const pieces = piecesOf(theme, { dimension, count, palette, vocabulary, manner }, rng);
    for (const [index, piece] of pieces.entries()) {
      if (known?.pieces[index]) continue;
      await placeOrder({
        prompt: piece.theme,
        edited: piece.prompt,
        enhance: false,
        negativePrompt: "",
        modelId: card.id,
        artistId: artist.id,
        count: candidates,
        piece: { seriesId: id, index },
      });
    }
    return (await series.get(id))!;
  };
}

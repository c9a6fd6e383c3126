import { AriaError } from "#contracts/errors.ts";
import type { Artist } from "#contracts/mind.ts";
import { OrderId } from "#contracts/order.ts";
import type { PlaceSeriesInput, Series } from "#contracts/series.ts";
import { DEFAULT_MODEL } from "#contracts/terms.ts";
import { armsOf, hear, suited } from "#server/domain/concept/propose.ts";
import { choose } from "#server/domain/learning/bandit.ts";
import { wantedBeside } from "#server/domain/safety/judge-prompt.ts";
import { chanceFrom, uuidFrom } from "#server/domain/seeds.ts";
import { piecesOf } from "#server/domain/series/vary.ts";
import type { Ports } from "#server/ports.ts";
import { survey } from "./conceive.ts";
import { findArtist } from "./find-artist.ts";
import { refuseUnsafe } from "./keep-safe.ts";
import { pickModel } from "./pick-model.ts";
import { makePlaceOrder, type PlaceDeps } from "./place-order.ts";

type Deps = PlaceDeps & Pick<Ports, "artworks" | "learning" | "policy" | "series">;

/**
 * Decides what all pieces share, once, and places an order for each. Everything else follows from the series' id, so that
 * asking again, or twice at once, is the same series, and goes on where placing it broke off. Throws INVALID for a theme that
 * says already what is to vary.
 */
export function makePlaceSeries(deps: Deps) {
  const placeOrder = makePlaceOrder(deps);
  return async function placeSeries(input: PlaceSeriesInput): Promise<Series> {
    const { series } = deps;
    const { id, candidates } = input;
    refuseUnsafe(await deps.safety.read(), { prompt: input.theme, field: "theme" });
    const artist = await findArtist(deps.artists);
    if (!(await series.get(id))) await series.create(await decide(deps, artist, input));
    const { theme, dimension, count, palette, manner, modelId } = (await series.get(id))!;
    const { models } = await deps.generator.health();
    const isWanted = wantedBeside(theme, await deps.safety.read());
    const known = Object.entries(pickModel(models, modelId).vocabulary);
    const vocabulary = Object.fromEntries(known.map(([kind, words]) => [kind, words.filter(isWanted)]));
    const pieces = piecesOf(theme, { dimension, count, palette, manner, vocabulary }, chanceFrom(id));
    for (const [index, piece] of pieces.entries())
      await placeOrder({
        id: OrderId.parse(uuidFrom(`${id}:${index}`)),
        prompt: piece.theme,
        edited: piece.prompt,
        enhance: false,
        negativePrompt: "",
        modelId,
        artistId: artist.id,
        count: candidates,
        piece: { seriesId: id, index },
      });
    return (await series.get(id))!;
  };
}

async function decide(deps: Deps, artist: Artist, { id, theme, dimension, count }: PlaceSeriesInput) {
  // What of its pieces is worded is theirs: no template words a series.
  const wanted = { theme, asked: {}, sketch: null, enhance: true, modelId: DEFAULT_MODEL, template: "plain" } as const;
  const { situation, card } = await survey(deps, artist, wanted);
  const { lexicon } = situation;
  const said = hear(theme, lexicon);
  const isSaid = dimension === "light" ? said.time !== null : said.style !== null;
  if (isSaid)
    throw new AriaError("INVALID", { field: "theme", reason: `must leave open what varies, the ${dimension}` });
  const pick = (kind: "style" | "palette") =>
    said[kind] === null
      ? choose(
          suited(armsOf(kind, situation).filter(situation.isWanted), kind, situation),
          deps.rng,
          situation.learned(kind).policy,
        )
      : "";
  const manner = dimension === "manner" ? "" : pick("style");
  return { id, theme, dimension, count, palette: pick("palette"), manner, modelId: card.id, createdAt: deps.now() };
}

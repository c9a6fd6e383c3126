import type { z } from "zod";
import type { DuelInput, NextDuel } from "#contracts/duels.ts";
import { AriaError } from "#contracts/errors.ts";
import type { Lexicon } from "#contracts/lexicon.ts";
import type { ArtistId } from "#contracts/mind.ts";
import { DEFAULT_MODEL } from "#contracts/terms.ts";
import { hear } from "#server/domain/concept/propose.ts";
import { difference, featuresOf } from "#server/domain/taste/features.ts";
import { believe, chanceOf, informationOf, learn, type Taste } from "#server/domain/taste/preference.ts";
import { standingOf } from "#server/domain/taste/standing.ts";
import type { FoughtDuel, Ports, Rival } from "#server/ports.ts";

type Deps = Pick<Ports, "artists" | "duels" | "generator" | "now" | "rng">;

/** Duels that a taste is made of: it changes, and its cost grows with their cube. */
const REMEMBERED = 200;
const POOL = 120;
const PAIRS = 80;
/** Every so many duels one is drawn by chance. */
const CHECK_EVERY = 4;

type FeaturesFor = (prompt: string, embedding: Float32Array | null) => Float64Array;
const featuresIn =
  (lexicon: Lexicon | null): FeaturesFor =>
  (prompt, embedding) =>
    featuresOf(hear(prompt, lexicon), embedding);

/** Themes are heard as her own model hears them, whoever painted: taste is about pictures, not about models. */
async function tasteFrom(
  { generator }: Deps,
  fought: readonly FoughtDuel[],
): Promise<{ taste: Taste; features: FeaturesFor; featuresFor: (rival: Rival) => Float64Array }> {
  const features = featuresIn(await generator.lexicon(DEFAULT_MODEL));
  const featuresFor = ({ tile, embedding }: Rival) => features(tile.prompt, embedding);
  const duels = fought.map(({ winner, loser }) => ({
    difference: difference(featuresFor(winner), featuresFor(loser)),
  }));
  return { taste: learn(duels), features, featuresFor };
}

/** Two works to choose between: mostly those whose answer teaches most, now and then any two. */
export function makeNextDuel(deps: Deps) {
  return async function nextDuel(artistId: ArtistId): Promise<NextDuel> {
    const { duels, rng } = deps;
    const [answers, fought, rivals] = await Promise.all([
      duels.answers(artistId),
      duels.fought(artistId, REMEMBERED),
      duels.rivals(artistId, POOL),
    ]);
    const standing = standingOf(answers);
    if (rivals.length < 2) return { standing, pair: null };
    const { taste, featuresFor } = await tasteFrom(deps, fought);
    const isCheck = answers.length % CHECK_EVERY === CHECK_EVERY - 1;
    const [first, ...others] = Array.from({ length: isCheck ? 1 : PAIRS }, () => drawPair(rivals, rng));
    const worthOf = ([a, b]: readonly [Rival, Rival]) =>
      informationOf(believe(taste, difference(featuresFor(a), featuresFor(b))));
    const [left, right] = others.reduce(
      (best, pair) => {
        const worth = worthOf(pair);
        return worth > best.worth ? { pair, worth } : best;
      },
      { pair: first!, worth: worthOf(first!) },
    ).pair;
    return { standing, pair: { left: left.tile, right: right.tile, isCheck } };
  };
}

function drawPair(rivals: readonly Rival[], rng: () => number): readonly [Rival, Rival] {
  const i = Math.floor(rng() * rivals.length);
  const k = Math.floor(rng() * (rivals.length - 1));
  return [rivals[i]!, rivals[k >= i ? k + 1 : k]!];
}

/** What the answer was thought to be is written down with it, before it is learned from. Throws NOT_FOUND. */
export function makeSettleDuel(deps: Deps & Pick<Ports, "metrics">) {
  return async function settleDuel({ artistId, ...answer }: z.infer<typeof DuelInput>): Promise<void> {
    const { duels, now } = deps;
    if (answer.winnerId === answer.loserId)
      throw new AriaError("INVALID", { field: "loserId", reason: "must be another artwork than winnerId" });
    const [fought, winner, loser] = await Promise.all([
      duels.fought(artistId, REMEMBERED),
      duels.rival(artistId, answer.winnerId),
      duels.rival(artistId, answer.loserId),
    ]);
    const { taste, featuresFor } = await tasteFrom(deps, fought);
    const foreseen = chanceOf(believe(taste, difference(featuresFor(winner), featuresFor(loser))));
    await duels.settle(artistId, { ...answer, foreseen, at: now() });
    deps.metrics.taught("duels");
  };
}

/**
 * How likely each picture of a prompt is preferred to the artist's average work; null for all while that is not known
 * better than by chance.
 */
export async function judgeTaste(
  deps: Deps,
  artistId: ArtistId,
  { prompt, embeddings }: { prompt: string; embeddings: readonly (Float32Array | null)[] },
): Promise<(number | null)[]> {
  const nothing = embeddings.map(() => null);
  if (!standingOf(await deps.duels.answers(artistId)).isHeard) return nothing;
  const [fought, rivals] = await Promise.all([
    deps.duels.fought(artistId, REMEMBERED),
    deps.duels.rivals(artistId, POOL),
  ]);
  // The picture is painted: what it is of cannot be heard just now, and it is kept all the same.
  const known = await tasteFrom(deps, fought).catch(() => null);
  if (known === null || rivals.length === 0) return nothing;
  const { taste, features, featuresFor } = known;
  const others = rivals.map(featuresFor);
  return embeddings.map((embedding) => {
    const own = features(prompt, embedding);
    const chances = others.map((other) => chanceOf(believe(taste, difference(own, other))));
    return chances.reduce((sum, chance) => sum + chance, 0) / chances.length;
  });
}

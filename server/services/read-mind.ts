import type { ArtistId, Leaning, Mind } from "#contracts/mind.ts";
import { DEFAULT_MODEL } from "#contracts/terms.ts";
import { moodAxes } from "#server/domain/concept/critique.ts";
import { armsOf, suited } from "#server/domain/concept/propose.ts";
import { experienceFor, levelOf, titleOf } from "#server/domain/growth/experience.ts";
import { leaningsOf } from "#server/domain/learning/leanings.ts";
import { posteriorsOfWays } from "#server/domain/settings/settle.ts";
import type { Ports } from "#server/ports.ts";
import { whatIsLearned } from "./conceive.ts";
import { findArtist } from "./find-artist.ts";

/** Her history, as far back as a page shows it. */
const MOODS_SHOWN = 200;

/** What goes on in an artist: by default in the first there is. Throws NOT_FOUND. */
export function makeReadMind(deps: Pick<Ports, "artists" | "artworks" | "generator" | "learning" | "policy" | "now">) {
  return async function readMind(id?: ArtistId): Promise<Mind> {
    const { artists, artworks } = deps;
    const artist = await findArtist(artists, id);
    const [moods, works, leanings] = await Promise.all([
      artists.moods(artist.id, MOODS_SHOWN),
      artworks.count(artist.id),
      leaningsIn(deps, artist),
    ]);
    const level = levelOf(artist.experience);
    return {
      artist,
      timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      level,
      title: titleOf(level),
      levelFrom: experienceFor(level),
      levelTo: experienceFor(level + 1),
      axes: moodAxes(artist.mood, artist.intensity),
      moods,
      leanings,
      works,
    };
  };
}

/** Asked of her own model: others are told of when they are chosen. Nothing while inference is away. */
async function leaningsIn(
  deps: Pick<Ports, "generator" | "learning" | "policy" | "now">,
  artist: Mind["artist"],
): Promise<Leaning[]> {
  const { generator } = deps;
  const { mood } = artist;
  const found = await Promise.all([generator.health(), generator.lexicon(DEFAULT_MODEL)]).catch(() => null);
  const card = found?.[0].models.find((model) => model.id === DEFAULT_MODEL);
  if (!found || !card) return [];
  const lexicon = found[1];
  const { vocabulary } = card;
  const learned = await whatIsLearned(deps, artist);
  const wordy = (["style", "palette"] as const).map((kind) => {
    const posteriors = suited(armsOf(kind, { vocabulary, mood }), kind, { mood, lexicon, learned });
    return leaningsOf(kind, posteriors, learned(kind));
  });
  const ways = (["steps", "guidance"] as const).map((dimension) =>
    leaningsOf(dimension, posteriorsOfWays(dimension, learned(dimension)), learned(dimension)),
  );
  return [...wordy, ...ways].flat();
}

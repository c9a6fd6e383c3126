import type { Artist, ArtistId } from "#contracts/mind.ts";
import type { Influence } from "#contracts/moods.ts";
import { influence } from "#server/domain/mood/live.ts";
import { answerTo } from "#server/domain/voice/answers.ts";
import type { Ports } from "#server/ports.ts";

/** What a person does to her mood, and what she says to it. */
export function makeInfluence({ artists, now, rng, newId }: Pick<Ports, "artists" | "now" | "rng" | "newId">) {
  return async function influenceArtist(id: ArtistId, by: Influence): Promise<{ artist: Artist; answer: string }> {
    let before: Artist | null = null;
    const artist = await artists.feel(id, now(), (current) => {
      before = current;
      return { feeling: influence(current, by, rng), cause: by };
    });
    const answer = answerTo(by, before ?? artist, artist);
    const episode = { key: newId(), at: now(), kind: "encounter" as const, text: answer, artworkId: null };
    await artists.remember(id, episode);
    return { artist, answer };
  };
}

import { AriaError } from "#contracts/errors.ts";
import type { Artist, CreateArtistInput } from "#contracts/mind.ts";
import type { Ports } from "#server/ports.ts";

/** Each lives, and may paint by itself. */
const MOST_ARTISTS = 12;

/** Another artist of one's own. Throws CONFLICT where the name or the id is another's, or there are enough. */
export function makeCreateArtist({ artists, now }: Pick<Ports, "artists" | "now">) {
  return async function createArtist(input: CreateArtistInput): Promise<Artist> {
    const there = await artists.list();
    if (there.length >= MOST_ARTISTS && !there.some(({ id }) => id === input.id))
      throw new AriaError("CONFLICT", { reason: `There are ${MOST_ARTISTS} artists already, which is the most.` });
    return artists.create(input, now());
  };
}

import { AriaError } from "#contracts/errors.ts";
import type { Artist, ArtistId } from "#contracts/mind.ts";
import type { ArtistRepo } from "#server/ports.ts";

/** The one of this id; the first there is where nobody was named. Throws NOT_FOUND. */
export async function findArtist(artists: Pick<ArtistRepo, "get" | "list">, id?: ArtistId): Promise<Artist> {
  const artist = id === undefined ? (await artists.list())[0] : await artists.get(id);
  if (!artist) throw new AriaError("NOT_FOUND", { kind: "artist", id: id ?? "" });
  return artist;
}

import { ArtworkId } from "#contracts/artwork.ts";
import { AriaError } from "#contracts/errors.ts";
import { Artist, type ArtistId, EpisodeKind, MoodChange } from "#contracts/mind.ts";
import type { ArtistRepo, Felt } from "#server/ports.ts";
import type { Database } from "./database.ts";
import type { ArtistModel as ArtistRow } from "./generated/models.ts";
import { type Owner, ofOwnedArtist, owned, ownedBy, ownerOf } from "./owned.ts";

/** As an artist wakes who never lived before. */
export const newborn = (now: Date) => ({
  mood: "contemplative",
  energy: 0.5,
  intensity: 0.7,
  moodSince: now,
  livedUntil: now,
  createdAt: now,
});

/** The one that everybody has from when they come in. */
export const firstArtist = (now: Date) => ({ name: "Aria", curiosity: 0.5, patience: 0.7, ...newborn(now) });

export function prismaArtists(db: Database, owner: Owner): ArtistRepo {
  const mine = owned(owner);
  const hers = ofOwnedArtist(owner);
  return {
    async list() {
      const rows = await db.artist.findMany({
        where: { ...mine, owner: { leftAt: null } },
        orderBy: { createdAt: "asc" },
      });
      return rows.map((row) => toArtist(row));
    },
    async get(id) {
      const row = await db.artist.findUnique({ where: { id, ...mine } });
      return row && toArtist(row);
    },
    feel: (id, now, change) => feel(db, { id, now, change, owner }),
    async create({ id, name, curiosity, patience }, now) {
      const data = [{ id, ownerId: ownerOf(owner), name, curiosity, patience, ...newborn(now) }];
      await db.artist.createMany({ data, skipDuplicates: true });
      const row = await db.artist.findUnique({ where: { id, ...mine } });
      if (!row) throw new AriaError("CONFLICT", { reason: `There is an artist called ${name} already.` });
      return toArtist(row);
    },
    async setAutonomy(id, autonomy) {
      const [row] = await db.artist.updateManyAndReturn({ where: { id, ...mine }, data: autonomy });
      return row ? toArtist(row) : notThere(id);
    },
    async plan(id, last, nextAt) {
      const where = { id, ...mine, isOn: true, nextAt: last };
      return (await db.artist.updateMany({ where, data: { nextAt } })).count === 1;
    },
    async moods(artistId, limit) {
      const rows = await db.moodChange.findMany({
        where: { artistId, ...hers },
        orderBy: [{ at: "desc" }, { id: "desc" }],
        take: limit,
      });
      return rows.map((row) => MoodChange.parse(row));
    },
    async episodes(artistId, { before, limit }) {
      const rows = await db.episode.findMany({
        where: { artistId, ...hers, ...(before !== null && { id: { lt: before } }) },
        orderBy: { id: "desc" },
        take: limit,
      });
      return rows.map(({ id, at, kind, text, artworkId }) => ({
        id: Number(id),
        at,
        kind: EpisodeKind.parse(kind),
        text,
        artworkId: artworkId === null ? null : ArtworkId.parse(artworkId),
      }));
    },
    remembers: async (key) => (await db.episode.count({ where: { key, ...hers } })) > 0,
    async remember(artistId, episode) {
      await db.episode.createMany({ data: [{ ...episode, artistId }], skipDuplicates: true });
    },
  };
}

interface Feeling {
  readonly id: ArtistId;
  readonly now: Date;
  readonly change: (artist: Artist, isNew: boolean) => Felt | null;
  readonly owner: Owner;
}

const feel = (db: Database, { id, now, change, owner }: Feeling): Promise<Artist> =>
  db.$transaction(async (tx) => {
    // Whoever else would change it waits here, and then sees what we made of it.
    await tx.$queryRaw`select 1 from artists a where id = ${id}::uuid and ${ownedBy(owner, "a")} for update`;
    const before = toArtist((await tx.artist.findUnique({ where: { id, ...owned(owner) } })) ?? notThere(id));
    const isNew = (await tx.moodChange.count({ where: { artistId: id } })) === 0;
    const felt = change(before, isNew);
    if (!felt) return before;
    const { mood, energy, intensity } = felt.feeling;
    const isAnother = mood !== before.mood || felt.cause === "woke";
    if (isAnother)
      await tx.moodChange.create({ data: { artistId: id, at: now, mood, energy, intensity, cause: felt.cause } });
    // What else moves her takes no time: her inner life goes on from where it was.
    const isLived = felt.cause === "time" || felt.cause === "woke";
    const data = {
      mood,
      energy,
      intensity,
      ...(isLived && { livedUntil: now }),
      ...(isAnother && { moodSince: now }),
    };
    return toArtist(await tx.artist.update({ where: { id }, data }));
  });

/** What she may do unasked stands in columns of its own. */
const toArtist = (row: ArtistRow): Artist => Artist.parse({ ...row, autonomy: row });

function notThere(id: ArtistId): never {
  throw new AriaError("NOT_FOUND", { kind: "artist", id });
}

import { ArtworkId } from "#contracts/artwork.ts";
import { CollectionId } from "#contracts/collections.ts";
import { AriaError } from "#contracts/errors.ts";
import { SharedArtwork, type SharedThing, ShareSlug } from "#contracts/shares.ts";
import type { ShareRepo, ShareRow } from "#server/ports.ts";
import type { Database } from "./database.ts";
import type { Prisma } from "./generated/client.ts";
import { type Owner, owned } from "./owned.ts";

type Row = Prisma.ShareGetPayload<object>;

const toRow = ({ artworkId, collectionId, slug, ...row }: Row): ShareRow => ({
  ...row,
  slug: ShareSlug.parse(slug),
  of:
    artworkId === null ? { collectionId: CollectionId.parse(collectionId) } : { artworkId: ArtworkId.parse(artworkId) },
});

const WITH = { artist: { select: { name: true } }, order: { select: { statement: true } } } as const;
type ArtworkRow = Prisma.ArtworkGetPayload<{ include: typeof WITH }>;

const toShared = ({ artist, order, ...row }: ArtworkRow): SharedArtwork =>
  SharedArtwork.parse({ ...row, artist: artist.name, statement: order.statement });

/** What a link leads to is read by whoever has it; made, listed and revoked it is by whoever owns that. */
export function prismaShares(db: Database, owner: Owner): ShareRepo {
  const mine = owned(owner);
  const ofMine = owner === null ? {} : { OR: [{ artwork: mine }, { collection: mine }] };
  return {
    async create({ of, ...row }) {
      const known =
        "artworkId" in of
          ? await db.artwork.count({ where: { id: of.artworkId, ...mine, trashedAt: null } })
          : await db.collection.count({ where: { id: of.collectionId, ...mine, removedAt: null } });
      if (known === 0)
        throw new AriaError(
          "NOT_FOUND",
          "artworkId" in of ? { kind: "artwork", id: of.artworkId } : { kind: "collection", id: of.collectionId },
        );
      await db.share.create({ data: { ...row, ...of } });
    },
    async get(slug) {
      const row = await db.share.findUnique({ where: { slug } });
      return row && toRow(row);
    },
    async of(of: SharedThing) {
      return (await db.share.findMany({ where: { ...of, ...ofMine }, orderBy: { createdAt: "desc" } })).map(toRow);
    },
    async revoke(slug, now) {
      return (await db.share.updateMany({ where: { slug, ...ofMine }, data: { revokedAt: now } })).count === 1;
    },
    async countView(slug) {
      await db.share.updateMany({ where: { slug }, data: { views: { increment: 1 } } });
    },
    async artwork(of, id) {
      if ("artworkId" in of && of.artworkId !== id) return null;
      const hangs = "collectionId" in of && {
        collections: { some: { collectionId: of.collectionId, collection: { removedAt: null } } },
      };
      const row = await db.artwork.findUnique({ where: { id, trashedAt: null, ...hangs }, include: WITH });
      return row && toShared(row);
    },
    async artworks(of) {
      if ("artworkId" in of) {
        const row = await db.artwork.findUnique({ where: { id: of.artworkId, trashedAt: null }, include: WITH });
        return { name: null, artworks: row ? [toShared(row)] : [] };
      }
      const collection = await db.collection.findUnique({ where: { id: of.collectionId, removedAt: null } });
      if (!collection) return { name: null, artworks: [] };
      const items = await db.collectionItem.findMany({
        where: { collectionId: of.collectionId, artwork: { trashedAt: null } },
        orderBy: { position: "asc" },
        include: { artwork: { include: WITH } },
      });
      return { name: collection.name, artworks: items.map(({ artwork }) => toShared(artwork)) };
    },
  };
}

import type { ArtworkId } from "#contracts/artwork.ts";
import { Collection, CollectionCard, MAX_ITEMS } from "#contracts/collections.ts";
import { AriaError } from "#contracts/errors.ts";
import { putBefore } from "#server/domain/put-before.ts";
import type { CollectionRepo } from "#server/ports.ts";
import type { Database } from "./database.ts";
import type { Prisma } from "./generated/client.ts";
import { toTile } from "./order-rows.ts";
import { type Owner, owned, ownedBy, ownerOf, taken } from "./owned.ts";

const HANGS = { artwork: { trashedAt: null } } as const;
const CARD = {
  cover: true,
  items: { where: HANGS, orderBy: { position: "asc" }, take: 1, include: { artwork: true } },
  _count: { select: { items: { where: HANGS } } },
} as const satisfies Prisma.CollectionInclude;

type CardRow = Prisma.CollectionGetPayload<{ include: typeof CARD }>;

function toCard({ cover, items, _count, ...row }: CardRow): CollectionCard {
  const shown = cover && cover.trashedAt === null ? cover : items[0]?.artwork;
  return CollectionCard.parse({ ...row, count: _count.items, cover: shown ? toTile(shown) : null });
}

export function prismaCollections(db: Database, owner: Owner): CollectionRepo {
  const mine = owned(owner);
  return {
    async list() {
      const where = { ...mine, removedAt: null };
      return (await db.collection.findMany({ where, include: CARD, orderBy: { createdAt: "desc" } })).map(toCard);
    },
    async get(id) {
      const row = await db.collection.findUnique({ where: { id, ...mine, removedAt: null }, include: CARD });
      if (!row) return null;
      const items = await db.collectionItem.findMany({
        where: { collectionId: id, ...HANGS },
        orderBy: { position: "asc" },
        include: { artwork: true },
      });
      return Collection.parse({ ...toCard(row), artworks: items.map(({ artwork }) => toTile(artwork)) });
    },
    async create({ id, name }, createdAt) {
      const data = [{ id, ownerId: ownerOf(owner), name, createdAt }];
      const { count } = await db.collection.createMany({ data, skipDuplicates: true });
      if (count === 0 && (await db.collection.count({ where: { id, ...mine } })) === 0) taken("collection");
    },
    rename: async (id, name) =>
      (await db.collection.updateMany({ where: { id, ...mine }, data: { name } })).count === 1,
    remove: async (id, removedAt) =>
      (await db.collection.updateMany({ where: { id, ...mine, removedAt: null }, data: { removedAt } })).count === 1,
    restore: async (id) =>
      (await db.collection.updateMany({ where: { id, ...mine, removedAt: { not: null } }, data: { removedAt: null } }))
        .count === 1,
    async add(id, artworkIds) {
      let added: ArtworkId[] = [];
      await arranged(db, { id, owner }, (hanging) => {
        const there = new Set(hanging);
        added = [...new Set(artworkIds)].filter((artworkId) => !there.has(artworkId));
        return [...hanging, ...added];
      });
      return added;
    },
    take: (id, artworkIds) =>
      arranged(db, { id, owner }, (hanging) => {
        const gone = new Set<string>(artworkIds);
        return hanging.filter((artworkId) => !gone.has(artworkId));
      }),
    move: ({ collectionId, artworkId, before }) =>
      arranged(db, { id: collectionId, owner }, (hanging) => {
        for (const id of [artworkId, ...(before === null ? [] : [before])])
          if (!hanging.includes(id)) throw new AriaError("NOT_FOUND", { kind: "artwork", id });
        return putBefore<string>(hanging, artworkId, before);
      }),
    async cover(id, coverId) {
      const where = { id, ...mine, items: { some: { artworkId: coverId } } };
      return (await db.collection.updateMany({ where, data: { coverId } })).count === 1;
    },
  };
}

/** Hangs anew what `arrange` makes of what hangs there, while nobody else does. What is in the trash keeps its place among the others. */
const arranged = (
  db: Database,
  { id, owner }: { id: string; owner: Owner },
  arrange: (hanging: readonly string[]) => readonly string[],
): Promise<void> =>
  db.$transaction(async (tx) => {
    const [held] = await tx.$queryRaw<{ ownerId: string }[]>`
      select owner_id::text as "ownerId" from collections c
      where id = ${id}::uuid and ${ownedBy(owner, "c")} and removed_at is null for update`;
    if (!held) throw new AriaError("NOT_FOUND", { kind: "collection", id });
    const rows = await tx.collectionItem.findMany({ where: { collectionId: id }, orderBy: { position: "asc" } });
    const after = arrange(rows.map(({ artworkId }) => artworkId));
    if (after.length > MAX_ITEMS)
      throw new AriaError("INVALID", {
        field: "artworkIds",
        reason: `a collection holds at most ${MAX_ITEMS} artworks`,
      });
    // Nobody hangs what is another's.
    const where = { id: { in: [...after] }, ownerId: held.ownerId };
    const known = await tx.artwork.findMany({ where, select: { id: true } });
    const ids = new Set(known.map((row) => row.id));
    const missing = after.find((artworkId) => !ids.has(artworkId));
    if (missing) throw new AriaError("NOT_FOUND", { kind: "artwork", id: missing });
    await tx.collectionItem.deleteMany({ where: { collectionId: id } });
    await tx.collectionItem.createMany({
      data: after.map((artworkId, position) => ({ collectionId: id, artworkId, position })),
    });
  });

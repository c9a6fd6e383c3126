import type { ArtworkId } from "#contracts/artwork.ts";
import { Collection, CollectionCard, MAX_ITEMS } from "#contracts/collections.ts";
import { AriaError } from "#contracts/errors.ts";
import { putBefore } from "#server/domain/put-before.ts";
import type { CollectionRepo } from "#server/ports.ts";
import type { Database } from "./database.ts";
import type { Prisma } from "./generated/client.ts";
import { toTile } from "./order-rows.ts";

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

export function prismaCollections(db: Database): CollectionRepo {
  return {
    async list() {
      return (
        await db.collection.findMany({ where: { removedAt: null }, include: CARD, orderBy: { createdAt: "desc" } })
      ).map(toCard);
    },
    async get(id) {
      const row = await db.collection.findUnique({ where: { id, removedAt: null }, include: CARD });
      if (!row) return null;
      const items = await db.collectionItem.findMany({
        where: { collectionId: id, ...HANGS },
        orderBy: { position: "asc" },
        include: { artwork: true },
      });
      return Collection.parse({ ...toCard(row), artworks: items.map(({ artwork }) => toTile(artwork)) });
    },
    async create({ id, name }, createdAt) {
      await db.collection.createMany({ data: [{ id, name, createdAt }], skipDuplicates: true });
    },
    rename: async (id, name) => (await db.collection.updateMany({ where: { id }, data: { name } })).count === 1,
    remove: async (id, removedAt) =>
      (await db.collection.updateMany({ where: { id, removedAt: null }, data: { removedAt } })).count === 1,
    restore: async (id) =>
      (await db.collection.updateMany({ where: { id, removedAt: { not: null } }, data: { removedAt: null } })).count ===
      1,
    async add(id, artworkIds) {
      let added: ArtworkId[] = [];
      await arranged(db, id, (hanging) => {
        const there = new Set(hanging);
        added = [...new Set(artworkIds)].filter((artworkId) => !there.has(artworkId));
        return [...hanging, ...added];
      });
      return added;
    },
    take: (id, artworkIds) =>
      arranged(db, id, (hanging) => {
        const taken = new Set<string>(artworkIds);
        return hanging.filter((artworkId) => !taken.has(artworkId));
      }),
    move: ({ collectionId, artworkId, before }) =>
      arranged(db, collectionId, (hanging) => {
        for (const id of [artworkId, ...(before === null ? [] : [before])])
          if (!hanging.includes(id)) throw new AriaError("NOT_FOUND", { kind: "artwork", id });
        return putBefore<string>(hanging, artworkId, before);
      }),
    async cover(id, coverId) {
      return (
        (await db.collection.updateMany({ where: { id, items: { some: { artworkId: coverId } } }, data: { coverId } }))
          .count === 1
      );
    },
  };
}

/** Hangs anew what `arrange` makes of what hangs there, while nobody else does. What is in the trash keeps its place among the others. */
const arranged = (
  db: Database,
  id: string,
  arrange: (hanging: readonly string[]) => readonly string[],
): Promise<void> =>
  db.$transaction(async (tx) => {
    const held = await tx.$queryRaw<
      unknown[]
    >`select 1 from collections where id = ${id}::uuid and removed_at is null for update`;
    if (held.length === 0) throw new AriaError("NOT_FOUND", { kind: "collection", id });
    const rows = await tx.collectionItem.findMany({ where: { collectionId: id }, orderBy: { position: "asc" } });
    const after = arrange(rows.map(({ artworkId }) => artworkId));
    if (after.length > MAX_ITEMS)
      throw new AriaError("INVALID", {
        field: "artworkIds",
        reason: `a collection holds at most ${MAX_ITEMS} artworks`,
      });
    const known = await tx.artwork.findMany({ where: { id: { in: [...after] } }, select: { id: true } });
    const ids = new Set(known.map((row) => row.id));
    const missing = after.find((artworkId) => !ids.has(artworkId));
    if (missing) throw new AriaError("NOT_FOUND", { kind: "artwork", id: missing });
    await tx.collectionItem.deleteMany({ where: { collectionId: id } });
    await tx.collectionItem.createMany({
      data: after.map((artworkId, position) => ({ collectionId: id, artworkId, position })),
    });
  });

import { Artwork, ArtworkTile } from "#contracts/artwork.ts";
import type { ArtworkRepo } from "#server/ports.ts";
import type { Database } from "./database.ts";
import { imageUrlOf, toCandidate } from "./order-rows.ts";

const TILE = { id: true, prompt: true, widthPx: true, heightPx: true, sha256: true, thumbhash: true, createdAt: true };

export function prismaArtworks(db: Database): ArtworkRepo {
  return {
    async get(id) {
      const include = { order: { include: { candidates: { orderBy: { index: "asc" as const } } } } };
      const row = await db.artwork.findUnique({ where: { id }, include });
      if (!row) return null;
      const candidates = row.order.candidates.map((candidate) => toCandidate(candidate, row.candidateIndex));
      return Artwork.parse({
        ...row,
        seed: Number(row.seed),
        imageUrl: imageUrlOf(row.sha256),
        negativePrompt: row.order.negativePrompt,
        settings: row.order,
        sketch: row.order.sketch,
        scores: candidates[row.candidateIndex]?.scores,
        candidates,
      });
    },
    /** Keyset paging in the form that uses the index: the OR form and Prisma's own cursor scan (see docs/pitfalls.md). */
    async page({ cursor, limit }) {
      const before = cursor
        ? { createdAt: { lte: cursor.createdAt }, NOT: { createdAt: cursor.createdAt, id: { gte: cursor.id } } }
        : {};
      const rows = await db.artwork.findMany({
        where: { trashedAt: null, ...before },
        orderBy: [{ createdAt: "desc" }, { id: "desc" }], // id breaks ties, or a page could repeat or skip a row
        take: limit + 1,
        select: TILE,
      });
      const items = rows.slice(0, limit).map((row) => ArtworkTile.parse({ ...row, imageUrl: imageUrlOf(row.sha256) }));
      const last = items.at(-1);
      return { items, next: last && rows.length > limit ? { createdAt: last.createdAt, id: last.id } : null };
    },
    async mark(id, trashedAt) {
      return (await db.artwork.updateMany({ where: { id }, data: { trashedAt } })).count === 1;
    },
  };
}

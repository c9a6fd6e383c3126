import { Artwork, ArtworkId } from "#contracts/artwork.ts";
import { FeedbackAction } from "#contracts/mind.ts";
import { Mood } from "#contracts/moods.ts";
import { consensusOf } from "#server/domain/curation/curate.ts";
import { worthOf } from "#server/domain/growth/experience.ts";
import type { ArtworkRepo } from "#server/ports.ts";
import type { Database } from "./database.ts";
import { imageUrlOf, toCandidate, toTile } from "./order-rows.ts";
import { type Owner, owned } from "./owned.ts";

const TILE = {
  title: true,
  id: true,
  prompt: true,
  widthPx: true,
  heightPx: true,
  sha256: true,
  thumbhash: true,
  createdAt: true,
};

export function prismaArtworks(db: Database, owner: Owner): ArtworkRepo {
  const mine = owned(owner);
  return {
    async get(id) {
      const parts = {
        candidates: { orderBy: { index: "asc" }, omit: { embedding: true } },
        thoughts: { orderBy: { index: "asc" } },
        choices: true,
      } as const;
      const tile = { select: TILE };
      const include = {
        order: { include: { ...parts, parent: tile } },
        feedback: true,
        remixes: { where: { artwork: { trashedAt: null } }, orderBy: { createdAt: "asc" }, select: { artwork: tile } },
      } as const;
      const row = await db.artwork.findUnique({ where: { id, ...mine }, include });
      if (!row) return null;
      const candidates = row.order.candidates.map((candidate) => toCandidate(candidate, row.candidateIndex));
      const scores = candidates[row.candidateIndex]?.scores;
      return Artwork.parse({
        ...row,
        seed: Number(row.seed),
        imageUrl: imageUrlOf(row.sha256),
        theme: row.order.theme,
        statement: row.order.statement,
        thoughts: row.order.thoughts,
        choices: row.order.choices,
        feedback: row.feedback.map(({ action }) => action),
        parent: row.order.parent && row.order.remix ? { tile: toTile(row.order.parent), remix: row.order.remix } : null,
        children: row.remixes.flatMap(({ artwork }) => (artwork ? [toTile(artwork)] : [])),
        negativePrompt: row.order.negativePrompt,
        settings: row.order,
        sketch: row.order.sketch,
        filmUrl: row.film && imageUrlOf(row.film),
        focal: row.focalX === null || row.focalY === null ? null : { x: row.focalX, y: row.focalY },
        scores,
        consensus: scores && consensusOf(scores),
        candidates,
      });
    },
    async known(ids) {
      const rows = await db.artwork.findMany({ where: { id: { in: [...ids] }, ...mine }, select: { id: true } });
      return new Set(rows.map(({ id }) => ArtworkId.parse(id)));
    },
    async recent(artistId, limit) {
      const rows = await db.artwork.findMany({
        where: { artistId, ...mine, trashedAt: null },
        orderBy: [{ createdAt: "desc" }, { id: "desc" }],
        take: limit,
        include: { feedback: true, order: { select: { candidates: { select: { index: true, hash: true } } } } },
      });
      return rows.map(({ feedback, order, candidateIndex, ...row }) => ({
        ...toTile(row),
        mood: Mood.nullable().parse(row.mood),
        score: row.score,
        worth: worthOf(feedback.map(({ action }) => FeedbackAction.parse(action))),
        hash: order.candidates.find(({ index }) => index === candidateIndex)?.hash ?? "",
      }));
    },
    count: (artistId) => db.artwork.count({ where: { artistId, ...mine, trashedAt: null } }),
    purge: (trashedBefore) => purge(db, trashedBefore),
    async setFocal(id, focal) {
      const data = { focalX: focal?.x ?? null, focalY: focal?.y ?? null };
      return (await db.artwork.updateMany({ where: { id, ...mine }, data })).count === 1;
    },
    async mark(id, trashedAt) {
      return (await db.artwork.updateMany({ where: { id, ...mine }, data: { trashedAt } })).count === 1;
    },
  };
}

const PURGED_AT_ONCE = 500;

/** Some at a time. One that is taken out of the trash meanwhile is held by whoever does, and passed over. */
async function purge(db: Database, trashedBefore: Date): Promise<number> {
  let purged = 0;
  for (;;) {
    const count = await db.$transaction(async (tx) => {
      const rows = await tx.$queryRaw<{ id: string; orderId: string }[]>`
        select id::text, order_id::text as "orderId" from artworks where trashed_at < ${trashedBefore}
        limit ${PURGED_AT_ONCE} for update skip locked`;
      const ids = rows.map(({ id }) => id);
      await tx.episode.updateMany({ where: { artworkId: { in: ids } }, data: { artworkId: null } });
      await tx.artwork.deleteMany({ where: { id: { in: ids } } });
      await tx.order.deleteMany({ where: { id: { in: rows.map(({ orderId }) => orderId) } } });
      return rows.length;
    });
    purged += count;
    if (count < PURGED_AT_ONCE) return purged;
  }
}

import { AriaError } from "#contracts/errors.ts";
import type { DuelRepo, Rival } from "#server/ports.ts";
import type { Database } from "./database.ts";
import type { Prisma } from "./generated/client.ts";
import { toFloats, toTile } from "./order-rows.ts";
import { type Owner, ofOwnedArtist, owned } from "./owned.ts";

const WITH_CANDIDATES = {
  order: { select: { candidates: { select: { index: true, embedding: true } } } },
} as const satisfies Prisma.ArtworkInclude;
type ArtworkRow = Prisma.ArtworkGetPayload<{ include: typeof WITH_CANDIDATES }>;

function toRival(row: ArtworkRow): Rival {
  const { embedding = null } = row.order.candidates.find(({ index }) => index === row.candidateIndex) ?? {};
  return { tile: toTile(row), embedding: embedding && toFloats(embedding) };
}

export function prismaDuels(db: Database, owner: Owner): DuelRepo {
  const mine = owned(owner);
  const hers = ofOwnedArtist(owner);
  return {
    async rivals(artistId, limit) {
      const rows = await db.artwork.findMany({
        where: { artistId, ...mine, trashedAt: null },
        orderBy: [{ createdAt: "desc" }, { id: "desc" }],
        take: limit,
        include: WITH_CANDIDATES,
      });
      return rows.map(toRival);
    },
    async rival(artistId, id) {
      const row = await db.artwork.findFirst({ where: { id, artistId, ...mine }, include: WITH_CANDIDATES });
      if (!row) throw new AriaError("NOT_FOUND", { kind: "artwork", id });
      return toRival(row);
    },
    answers: (artistId) =>
      db.duel.findMany({
        where: { artistId, ...hers },
        orderBy: { at: "asc" },
        select: { foreseen: true, isCheck: true },
      }),
    async fought(artistId, limit) {
      const both = { winner: { include: WITH_CANDIDATES }, loser: { include: WITH_CANDIDATES } };
      const rows = await db.duel.findMany({
        where: { artistId, ...hers },
        orderBy: { at: "desc" },
        take: limit,
        include: both,
      });
      return rows.toReversed().map(({ winner, loser, foreseen, isCheck }) => ({
        winner: toRival(winner),
        loser: toRival(loser),
        foreseen,
        isCheck,
      }));
    },
    async settle(artistId, answer) {
      for (const id of [answer.winnerId, answer.loserId])
        if ((await db.artwork.count({ where: { id, artistId, ...mine } })) === 0)
          throw new AriaError("NOT_FOUND", { kind: "artwork", id });
      await db.duel.createMany({ data: [{ ...answer, artistId }], skipDuplicates: true });
    },
  };
}

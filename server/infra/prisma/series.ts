import { Series } from "#contracts/series.ts";
import type { SeriesRepo } from "#server/ports.ts";
import type { Database } from "./database.ts";
import { toOrder, WITH_CANDIDATES } from "./order-rows.ts";
import { type Owner, owned, ownerOf, taken } from "./owned.ts";

const WITH_PIECES = { orders: { include: WITH_CANDIDATES, orderBy: { piece: "asc" } } } as const;

export function prismaSeries(db: Database, owner: Owner): SeriesRepo {
  const mine = owned(owner);
  return {
    async create(series) {
      const data = [{ ...series, ownerId: ownerOf(owner) }];
      const { count } = await db.series.createMany({ data, skipDuplicates: true });
      if (count === 0 && (await db.series.count({ where: { id: series.id, ...mine } })) === 0) taken("series");
    },
    async get(id) {
      const row = await db.series.findUnique({ where: { id, ...mine }, include: WITH_PIECES });
      return row && Series.parse({ ...row, pieces: row.orders.map(toOrder) });
    },
    async list(limit) {
      const rows = await db.series.findMany({
        where: mine,
        orderBy: { createdAt: "desc" },
        take: limit,
        include: WITH_PIECES,
      });
      return rows.map((row) => Series.parse({ ...row, pieces: row.orders.map(toOrder) }));
    },
  };
}

import { Series } from "#contracts/series.ts";
import type { SeriesRepo } from "#server/ports.ts";
import type { Database } from "./database.ts";
import { toOrder, WITH_CANDIDATES } from "./order-rows.ts";

const WITH_PIECES = { orders: { include: WITH_CANDIDATES, orderBy: { piece: "asc" } } } as const;

export function prismaSeries(db: Database): SeriesRepo {
  return {
    async create(series) {
      await db.series.createMany({ data: [series], skipDuplicates: true });
    },
    async get(id) {
      const row = await db.series.findUnique({ where: { id }, include: WITH_PIECES });
      return row && Series.parse({ ...row, pieces: row.orders.map(toOrder) });
    },
    async list(limit) {
      const rows = await db.series.findMany({ orderBy: { createdAt: "desc" }, take: limit, include: WITH_PIECES });
      return rows.map((row) => Series.parse({ ...row, pieces: row.orders.map(toOrder) }));
    },
  };
}

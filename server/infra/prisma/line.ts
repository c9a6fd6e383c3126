import type { OrderId } from "#contracts/order.ts";
import { putBefore } from "#server/domain/put-before.ts";
import type { LineRepo } from "#server/ports.ts";
import type { Database } from "./database.ts";
import { toOrder, WITH_CANDIDATES } from "./order-rows.ts";
import { BACK_IN_LINE, enqueue, isLinePaused, PAUSED } from "./orders.ts";
import { type Owner, owned, ownedBy } from "./owned.ts";

const MOVING = "aria line";
const SHOWN = 100;

export function prismaLine(db: Database, owner: Owner): LineRepo {
  const mine = owned(owner);
  return {
    async list() {
      const rows = await db.order.findMany({
        where: { ...mine, state: { in: ["painting", "waiting"] } },
        // "painting" comes after "waiting" in the type, so it sorts first when turned round.
        orderBy: [{ state: "desc" }, { queuedAt: "asc" }, { id: "asc" }],
        take: SHOWN,
        include: WITH_CANDIDATES,
      });
      return rows.map(toOrder);
    },
    restore: (id) =>
      db.$transaction(async (tx) => {
        const data = { ...BACK_IN_LINE, finishedAt: null };
        const where = { id, ...mine, state: "cancelled" as const };
        const [row] = await tx.order.updateManyAndReturn({ where, data, select: { queuedAt: true } });
        if (row) await enqueue(tx, id, row.queuedAt);
        return row !== undefined;
      }),
    move: (id, before) =>
      moveInLine(db, { id, owner }, (ids) => (before === null || ids.includes(before) ? before : undefined)),
    isPaused: () => isLinePaused(db),
    async setPaused(isOn) {
      await db.switch.upsert({ where: { name: PAUSED }, create: { name: PAUSED, isOn }, update: { isOn } });
    },
  };
}

/**
 * The places stay, and who stands in them changes: so nobody is overtaken by an order that comes meanwhile, nor by one of another
 * person where it is moved among one's own. `beforeWhom` is
 * told who waits, in their order; null is the end, and undefined moves nobody. False: it does not wait, or nobody was moved.
 */
export const moveInLine = (
  db: Database,
  { id, owner }: { readonly id: OrderId; readonly owner: Owner },
  beforeWhom: (ids: readonly string[]) => string | null | undefined,
): Promise<boolean> =>
  db.$transaction(async (tx) => {
    // Two that move at once would each undo the other.
    await tx.$executeRaw`select pg_advisory_xact_lock(hashtext(${MOVING}))`;
    const rows = await tx.$queryRaw<{ id: string; queuedAt: Date }[]>`
      select id::text, queued_at as "queuedAt" from orders o where state = 'waiting' and ${ownedBy(owner, "o")}
      order by queued_at, id for update`;
    const ids = rows.map((row) => row.id);
    const before = beforeWhom(ids);
    if (!ids.includes(id) || before === undefined) return false;
    const stoodAt = new Map(rows.map((row) => [row.id, row.queuedAt.getTime()]));
    let last = 0;
    for (const [place, orderId] of putBefore<string>(ids, id, before).entries()) {
      // Placed in the same moment, they still stand one behind the other.
      last = Math.max(rows[place]!.queuedAt.getTime(), last + 1);
      if (stoodAt.get(orderId) === last) continue;
      const queuedAt = new Date(last);
      await tx.order.update({ where: { id: orderId }, data: { queuedAt } });
      await enqueue(tx, orderId, queuedAt);
    }
    return true;
  });

import { AriaError } from "#contracts/errors.ts";
import type { Thought } from "#contracts/mind.ts";
import { MOST_WAITING, type Order } from "#contracts/order.ts";
import type { Backlog, Claim, Decided, Finish, NewOrder, OrderRepo } from "#server/ports.ts";
import type { Database } from "./database.ts";
import type { Prisma } from "./generated/client.ts";
import { toOrder, WITH_CANDIDATES } from "./order-rows.ts";
import { type Owner, owned, taken } from "./owned.ts";

export const PAINT_TASK = "paint";
/** No lease is longer, and no refusal. */
const FARTHEST_MS = 5 * 60_000;
/** A studio that has a job claims its order at once: one that has not by then died in between. */
const TAKEN_WITHIN_MS = 5_000;
/** Where PostgreSQL has dropped everybody, or just started, nobody is gone who is back by then. */
const CONNECTED_WITHIN_MS = 2_000;
const ACTIVE = ["waiting", "painting"] as const;

/** A worker of an earlier Aria claims without saying who it is: the last one's name must not stand there. */
export const BACK_IN_LINE = { state: "waiting", leaseUntil: null, startedAt: null, heldBy: null } as const;

export const PAUSED = "line paused";
export const isLinePaused = async (db: Database): Promise<boolean> =>
  (await db.switch.findUnique({ where: { name: PAUSED } }))?.isOn ?? false;

type Transaction = Pick<Database, "$executeRaw">;

/**
 * The job's key is the order's id: adding it again moves the job, and never doubles it. The earliest `at` goes first. No later
 * than `laterMs` from now by the database's clock, which is the one it is taken by: another may be wrong.
 */
export const enqueue = (tx: Transaction, id: string, at: Date, laterMs = 0) =>
  tx.$executeRaw`select graphile_worker.add_job(${PAINT_TASK}, json_build_object('orderId', ${id}::text),
    job_key => ${id}::text, run_at => least(${at}, now() + ${laterMs} * interval '1 millisecond'), max_attempts => 100::smallint)`;

/** What people ask for is theirs; what the studio does by an order's id and fence, and what it counts, is everybody's. */
export function prismaOrders(db: Database, owner: Owner): OrderRepo {
  const mine = owned(owner);
  const read = async (where: { id: string; ownerId?: string }): Promise<Order | null> => {
    const row = await db.order.findUnique({ where, include: WITH_CANDIDATES });
    return row && toOrder(row);
  };
  /** Every change of state names the state it expects: whoever came first wins, and the other learns of it. */
  const change = async (where: Prisma.OrderWhereInput, data: Prisma.OrderUpdateManyMutationInput) =>
    (await db.order.updateMany({ where, data })).count === 1;

  return {
    async place(order) {
      await place(db, order, owner);
      return (await read({ id: order.id, ...mine })) ?? taken("order");
    },
    get: (id) => read({ id, ...mine }),
    themes: (limit) => themes(db, limit, owner),
    async current() {
      const include = WITH_CANDIDATES;
      const row =
        (await db.order.findFirst({ where: { ...mine, state: "painting" }, include, orderBy: { createdAt: "asc" } })) ??
        (await db.order.findFirst({ where: { ...mine, state: "waiting" }, include, orderBy: { queuedAt: "asc" } })) ??
        (await db.order.findFirst({ where: mine, include, orderBy: { createdAt: "desc" } }));
      return row && toOrder(row);
    },
    async claim(id, leaseMs, now) {
      // A studio hears of a pause a moment later. The order has lost its job by then, and is queued again as an abandoned one.
      if (await isLinePaused(db)) return null;
      const [row] = await db.$queryRaw<Omit<Claim, "order">[]>`
        update orders set state = 'painting', fence = fence + 1, attempts = attempts + 1, started_at = ${now},
          lease_until = ${new Date(now.getTime() + leaseMs)}, held_by = nullif(current_setting('application_name'), '')
        where id = ${id}::uuid and (state = 'waiting' or (state = 'painting' and lease_until < ${now}))
        returning fence, attempts, refusals, traceparent`;
      const order = row && (await read({ id }));
      return order ? { order, ...row } : null;
    },
    renew: (id, fence, leaseMs, now) =>
      change({ id, fence, state: "painting" }, { leaseUntil: new Date(now.getTime() + leaseMs) }),
    think: (id, fence, thought) => think(db, { id, fence, thought }),
    decide: (id, fence, decided) => decide(db, { id, fence, decided }),
    finish: (id, fence, finish) => finishOrder(db, { id, fence, finish }),
    fail: (id, fence, { code, message }, now) =>
      change(
        { id, fence, state: "painting" },
        { state: "failed", failureCode: code, failureMessage: message, finishedAt: now, leaseUntil: null },
      ),
    release: (id, fence, { now, refusedForMs }) =>
      db.$transaction(async (tx) => {
        const back = { ...BACK_IN_LINE, attempts: { decrement: 1 } };
        const data = refusedForMs === null ? back : { ...back, refusals: { increment: 1 } };
        const where = { id, fence, state: "painting" as const };
        const [row] = await tx.order.updateManyAndReturn({ where, data, select: { queuedAt: true } });
        if (!row) return false;
        const laterMs = refusedForMs ?? 0;
        await enqueue(tx, id, laterMs === 0 ? row.queuedAt : new Date(now.getTime() + laterMs), laterMs);
        return true;
      }),
    cancel: (id, now) =>
      change({ id, ...mine, state: { in: [...ACTIVE] } }, { state: "cancelled", finishedAt: now, leaseUntil: null }),
    requeueAbandoned: (now, goneBelowMs = 0) => requeueAbandoned(db, now, goneBelowMs),
    backlog: (now) => backlog(db, now),
    countOwn: (artistId, since) =>
      db.order.count({ where: { artistId, ...mine, own: true, createdAt: { gte: since } } }),
    knownFiles: (sha256s) => knownFiles(db, sha256s),
  };
}

/** An order is whose the artist is that is asked. */
async function place(db: Database, { piece, ...order }: NewOrder, owner: Owner): Promise<void> {
  const ofSeries = piece && { seriesId: piece.seriesId, piece: piece.index };
  await db.$transaction(async (tx) => {
    const artist = await tx.artist.findUnique({
      where: { id: order.artistId, ...owned(owner) },
      select: { ownerId: true },
    });
    if (!artist) throw new AriaError("NOT_FOUND", { kind: "artist", id: order.artistId });
    const data = [{ ...order, ...artist, ...ofSeries, seed: BigInt(order.seed), queuedAt: order.createdAt }];
    const { count } = await tx.order.createMany({ data, skipDuplicates: true });
    if (count === 0) return;
    if ((await tx.order.count({ where: { ...artist, state: "waiting" } })) > MOST_WAITING)
      throw new AriaError("CONFLICT", { reason: `${MOST_WAITING} orders wait already, which is the most.` });
    await enqueue(tx, order.id, order.createdAt);
  });
}

const think = (
  db: Database,
  { id, fence, thought }: { id: string; fence: number; thought: Thought },
): Promise<boolean> =>
  db.$transaction(async (tx) => {
    if (!(await isHeld(tx, id, fence))) return false;
    // What an earlier worker thought, who died over it, is thought anew.
    await tx.thought.deleteMany({ where: { orderId: id, index: { gte: thought.index } } });
    await tx.thought.create({ data: { orderId: id, ...thought } });
    return true;
  });

const decide = (
  db: Database,
  { id, fence, decided }: { id: string; fence: number; decided: Decided },
): Promise<boolean> =>
  db.$transaction(async (tx) => {
    const { choices, ...data } = decided;
    const { count } = await tx.order.updateMany({ where: { id, fence, state: "painting" }, data });
    if (count === 0) return false;
    await tx.choice.createMany({ data: choices.map((choice) => ({ ...choice, orderId: id })), skipDuplicates: true });
    return true;
  });

const bytesOf = ({ buffer, byteOffset, byteLength }: Float32Array): Uint8Array<ArrayBuffer> =>
  new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength);

/** Held until the transaction ends. */
async function isHeld(tx: Prisma.TransactionClient, id: string, fence: number): Promise<boolean> {
  const rows = await tx.$queryRaw<unknown[]>`
    select 1 from orders where id = ${id}::uuid and fence = ${fence} and state = 'painting' for share`;
  return rows.length === 1;
}

async function finishOrder(db: Database, { id, fence, finish }: { id: string; fence: number; finish: Finish }) {
  const kept = finish.candidates[finish.keptIndex];
  if (!kept) throw new Error(`candidate ${finish.keptIndex} of order ${id} was kept but never painted`);
  return db.$transaction(async (tx) => {
    const done = { state: "done" as const, reason: finish.reason, finishedAt: finish.at, leaseUntil: null };
    const mine = await tx.order.updateManyAndReturn({ where: { id, fence, state: "painting" }, data: done });
    const order = mine[0];
    if (!order) return false;
    await tx.candidate.createMany({
      data: finish.candidates.map(({ scores, seed, embedding, ...rest }) => ({
        ...rest,
        ...scores,
        embedding: embedding && bytesOf(embedding),
        seed: BigInt(seed),
        orderId: id,
      })),
    });
    const manner = await tx.choice.findUnique({ where: { orderId_dimension: { orderId: id, dimension: "style" } } });
    await tx.artwork.create({
      data: {
        id: finish.artworkId,
        orderId: id,
        ownerId: order.ownerId,
        artistId: order.artistId,
        title: order.title ?? order.prompt,
        mood: order.mood,
        style: manner?.arm ?? null,
        candidateIndex: kept.index,
        prompt: order.prompt,
        modelId: order.modelId,
        modelHash: finish.modelHash,
        seed: BigInt(kept.seed),
        widthPx: order.widthPx,
        heightPx: order.heightPx,
        sha256: kept.sha256,
        bytes: kept.bytes,
        thumbhash: kept.thumbhash,
        film: finish.film,
        score: kept.score,
        reason: finish.reason,
        createdAt: finish.at,
      },
    });
    const { artistId } = order;
    const episode = { artistId, at: finish.at, kind: "work", text: finish.memory, artworkId: finish.artworkId };
    await tx.episode.createMany({ data: [{ ...episode, key: `work:${id}` }], skipDuplicates: true });
    await tx.artist.update({ where: { id: artistId }, data: { experience: { increment: finish.experience } } });
    return true;
  });
}

/**
 * A worker killed with -9 keeps graphile-worker's lock on its job for four hours, so our own row decides: by its lease, or by
 * its holder's connections, which the system closes as it dies; and the age of the lock where the worker died before it had a
 * lease. The stuck job is dropped by key, and a fresh one added in
 * the order's old place in the line. What is to come about later than anything here is made to was written by a clock that was set back
 * since.
 */
const requeueAbandoned = (db: Database, now: Date, goneBelowMs: number): Promise<number> =>
  db.$transaction(async (tx) => {
    const abandoned = await tx.$queryRaw<{ id: string; queued_at: Date }[]>`
      update orders set state = 'waiting', lease_until = null, started_at = null, held_by = null
      where id in (
        select o.id from orders o
        where (o.state = 'painting' and o.lease_until not between ${now} and ${new Date(now.getTime() + FARTHEST_MS)})
           or (o.state = 'painting' and o.lease_until < ${new Date(now.getTime() + goneBelowMs)} and o.held_by is not null and not exists (
             select 1 from pg_stat_activity a where a.application_name = o.held_by and a.datname = current_database())
             and exists (select 1 from pg_stat_activity a where a.backend_type = 'client backend' and a.datname = current_database()
               and a.backend_start < now() - ${CONNECTED_WITHIN_MS} * interval '1 millisecond'))
           or (o.state = 'waiting' and not exists (
             select 1 from graphile_worker.jobs j
             where j.key = o.id::text and j.run_at < now() + ${FARTHEST_MS} * interval '1 millisecond' and
               (j.locked_at is null or j.locked_at between now() - ${TAKEN_WITHIN_MS} * interval '1 millisecond' and now() + interval '10 seconds')))
        for update skip locked)
      returning id::text as id, queued_at`;
    for (const { id, queued_at: queuedAt } of abandoned) {
      await tx.$executeRaw`select graphile_worker.remove_job(${id}::text)`;
      await enqueue(tx, id, queuedAt);
    }
    return abandoned.length;
  });

async function backlog(db: Database, now: Date): Promise<Backlog> {
  const [waiting, painting] = await Promise.all([
    db.order.aggregate({ where: { state: "waiting" }, _count: true, _min: { createdAt: true } }),
    db.order.findFirst({ where: { state: "painting", leaseUntil: { gte: now } }, select: { id: true } }),
  ]);
  return { waiting: waiting._count, since: waiting._min.createdAt, isPainted: painting !== null };
}

async function knownFiles(db: Database, sha256s: readonly string[]): Promise<ReadonlySet<string>> {
  const some = { in: [...sha256s] };
  const painted = await db.candidate.findMany({ where: { sha256: some }, select: { sha256: true } });
  const filmed = await db.artwork.findMany({ where: { film: some }, select: { film: true } });
  const drawn = await db.order.findMany({ where: { sketch: some }, select: { sketch: true } });
  const sent = await db.sketch.findMany({ where: { sha256: some }, select: { sha256: true } });
  return new Set([
    ...sent.map(({ sha256 }) => sha256),
    ...painted.map(({ sha256 }) => sha256),
    ...drawn.map(({ sketch }) => sketch ?? ""),
    ...filmed.map(({ film }) => film ?? ""),
  ]);
}

async function themes(db: Database, limit: number, owner: Owner): Promise<string[]> {
  const rows = await db.order.groupBy({
    by: "theme",
    where: { ...owned(owner), theme: { not: "" }, own: false },
    _max: { createdAt: true },
    orderBy: { _max: { createdAt: "desc" } },
    take: limit,
  });
  return rows.map(({ theme }) => theme);
}

/** What whoever looks after Aria sees and does: every row, whosever it is. */

import { Dimension } from "#contracts/mind.ts";
import { Mood } from "#contracts/moods.ts";
import type { Ends, Holdings, QueuedOrder, TrendDay, Trends } from "#contracts/operations.ts";
import { OrderId } from "#contracts/order.ts";
import { ApiKey } from "#contracts/people.ts";
import { fadeBetween } from "#server/domain/learning/bandit.ts";
import type { OperationsRepo } from "#server/ports.ts";
import type { Database } from "./database.ts";
import { Prisma } from "./generated/client.ts";
import { moveInLine } from "./line.ts";
import { BACK_IN_LINE, enqueue } from "./orders.ts";

const ENDED_SHOWN = 20;
const AGAIN = ["failed", "cancelled"] as const;

export function prismaOperations(db: Database): OperationsRepo {
  return {
    queue: (query) => queue(db, query),
    isOrder: async (id) => (await db.order.count({ where: { id } })) === 1,
    toFront: (id) => moveInLine(db, { id, owner: null }, ([first]) => first),
    retry: (id, now) =>
      db.$transaction(async (tx) => {
        const { count } = await tx.order.updateMany({
          where: { id, state: { in: [...AGAIN] } },
          data: { ...UNTRIED, queuedAt: now },
        });
        if (count === 1) await enqueue(tx, id, now);
        return count === 1;
      }),
    ends: (from, to) => ends(db, from, to),
    days: (bounds) => days(db, bounds),
    tallies: (from, to) => tallies(db, from, to),
    words: (query) => words(db, query),
    holdings: () => holdings(db),
    async studioBytes(since) {
      const rows = await db.studio.findMany({ where: { seenAt: { gte: since } }, select: { residentBytes: true } });
      return rows.flatMap(({ residentBytes }) => (residentBytes === null ? [] : [Number(residentBytes)]));
    },
    async arms(artistId, now) {
      const rows = await db.arm.findMany({ where: { artistId } });
      return rows.map(({ dimension, mood, arm, successes, failures, updatedAt }) => {
        const fade = fadeBetween(updatedAt, now);
        const of = { dimension: Dimension.parse(dimension), mood: mood === "" ? null : Mood.parse(mood) };
        return { ...of, arm, successes: successes * fade, failures: failures * fade };
      });
    },
    async keys(limit) {
      const rows = await db.apiKey.findMany({
        where: { revokedAt: null },
        orderBy: { createdAt: "desc" },
        take: limit,
        include: { person: { select: { name: true } } },
      });
      return rows.map(({ person, ...row }) => ({ ...ApiKey.parse(row), person: person.name }));
    },
    revokeKey: async (id, now) =>
      (await db.apiKey.updateMany({ where: { id, revokedAt: null }, data: { revokedAt: now } })).count === 1,
  };
}

const UNTRIED = {
  ...BACK_IN_LINE,
  failureCode: null,
  failureMessage: null,
  finishedAt: null,
  attempts: 0,
  refusals: 0,
} as const satisfies Prisma.OrderUpdateManyMutationInput;

const SHOWN = {
  id: true,
  title: true,
  theme: true,
  modelId: true,
  count: true,
  widthPx: true,
  heightPx: true,
  state: true,
  refusals: true,
  failureCode: true,
  failureMessage: true,
  createdAt: true,
  startedAt: true,
  finishedAt: true,
  artist: { select: { name: true } },
  owner: { select: { name: true } },
} as const satisfies Prisma.OrderSelect;

const toQueued =
  (people: number) =>
  (row: Prisma.OrderGetPayload<{ select: typeof SHOWN }>): QueuedOrder => {
    const { id, artist, owner, failureCode, failureMessage, ...shown } = row;
    const failure = failureCode === null ? null : { code: failureCode, message: failureMessage ?? "" };
    const person = people > 1 ? owner.name : null;
    return { ...shown, id: OrderId.parse(id), artist: artist.name, person, failure };
  };

async function queue(db: Database, { limit, endedSince }: Parameters<OperationsRepo["queue"]>[0]) {
  const inTurn = [{ queuedAt: "asc" as const }, { id: "asc" as const }];
  const of = (state: "painting" | "waiting") =>
    db.order.findMany({ where: { state }, orderBy: inTurn, take: limit, select: SHOWN });
  const [people, painting, waiting, waitingInAll, ended] = await Promise.all([
    db.person.count({ where: { leftAt: null } }),
    of("painting"),
    of("waiting"),
    db.order.count({ where: { state: "waiting" } }),
    db.order.findMany({
      where: { state: { in: [...AGAIN] }, finishedAt: { gte: endedSince } },
      orderBy: { finishedAt: "desc" },
      take: ENDED_SHOWN,
      select: SHOWN,
    }),
  ]);
  const queued = toQueued(people);
  return { painting: painting.map(queued), waiting: waiting.map(queued), waitingInAll, ended: ended.map(queued) };
}

const ENDS = Prisma.sql`
  count(*) filter (where o.state = 'done')::int as done,
  count(*) filter (where o.state = 'failed')::int as failed,
  count(*) filter (where o.state = 'cancelled')::int as cancelled`;

async function ends(db: Database, from: Date, to: Date): Promise<Ends> {
  const [counts] = await db.$queryRaw<Ends[]>`
    select ${ENDS} from orders o where o.finished_at >= ${from} and o.finished_at < ${to}`;
  return counts!;
}

/** Of what was kept; the trash too, for it was painted. What was purged is gone, its order with it. */
async function days(db: Database, bounds: readonly Date[]) {
  const moments = bounds.map((at) => at.toISOString());
  // Materialized: else the moments are read out of their text again for every order.
  return db.$queryRaw<(Omit<TrendDay, "day"> & { index: number })[]>`
    with b as materialized (select ${moments}::text[]::timestamptz[] as bounds)
    select width_bucket(o.finished_at, b.bounds) - 1 as "index", ${ENDS},
      avg(a.score) as score, avg(c.agreement) as agreement, avg(c.aesthetic) as aesthetic,
      percentile_cont(0.5) within group (order by seconds) as "p50Seconds",
      percentile_cont(0.95) within group (order by seconds) as "p95Seconds"
    from b join orders o on o.finished_at >= ${bounds[0]!} and o.finished_at < ${bounds.at(-1)!}
    left join lateral (
      select extract(epoch from o.finished_at - o.started_at)::float8 as seconds where o.state = 'done') t on true
    left join artworks a on a.order_id = o.id
    left join candidates c on c.order_id = a.order_id and c.index = a.candidate_index
    group by 1 order by 1`;
}

async function tallies(db: Database, from: Date, to: Date): Promise<Pick<Trends, "failures" | "models">> {
  const [failures, models] = await Promise.all([
    db.$queryRaw<Trends["failures"][number][]>`
      select coalesce(failure_code, 'UNKNOWN') as code, count(*)::int as count from orders
      where state = 'failed' and finished_at >= ${from} and finished_at < ${to} group by 1 order by 2 desc, 1`,
    db.$queryRaw<Trends["models"][number][]>`
      select model_id as "modelId", count(*)::int as works from orders
      where state = 'done' and finished_at >= ${from} and finished_at < ${to} group by 1 order by 2 desc, 1`,
  ]);
  return { failures, models };
}

const LEAST_LETTERS = 3;

/** Words of both languages that say nothing by themselves are left out, as PostgreSQL's dictionaries know them. */
const words = (db: Database, { since, latest, least, limit }: Parameters<OperationsRepo["words"]>[0]) =>
  db.$queryRaw<Trends["words"][number][]>`
    with asked as (
      select theme, owner_id, coalesce(series_id, id) as asking from orders
      where owner_id in (select id from people where left_at is null)
        and created_at >= ${since} and theme <> '' and not own order by created_at desc limit ${latest}),
    said as (select regexp_split_to_table(lower(theme), '[^[:alpha:]]+') as word, asking, owner_id from asked)
    select word, count(distinct asking)::int as orders from said
    where length(word) >= ${LEAST_LETTERS}
    group by word having count(distinct asking) >= ${least}
      and count(distinct owner_id) >= least(${least}, (select count(*) from people where left_at is null))
      and to_tsvector('english', word) <> '' and to_tsvector('german', word) <> ''
    order by 2 desc, 1 limit ${limit}`;

async function holdings(db: Database): Promise<Holdings> {
  const [[size], tables, [pictures]] = await Promise.all([
    db.$queryRaw<{ bytes: bigint }[]>`select pg_database_size(current_database()) as bytes`,
    db.$queryRaw<{ name: string; rows: bigint; bytes: bigint }[]>`
      select relname as name, n_live_tup as rows, pg_total_relation_size(relid) as bytes from pg_stat_user_tables
      where schemaname = 'public' and relname <> '_prisma_migrations' order by bytes desc, name`,
    db.$queryRaw<{ count: bigint; bytes: bigint }[]>`
      select count(*) as count, coalesce(sum(bytes), 0)::int8 as bytes from candidates`,
  ]);
  return {
    databaseBytes: Number(size!.bytes),
    tables: tables.map(({ name, rows, bytes }) => ({ name, rows: Number(rows), bytes: Number(bytes) })),
    pictures: { count: Number(pictures!.count), bytes: Number(pictures!.bytes) },
  };
}

import type { z } from "zod";
import { DIMENSIONS } from "#contracts/mind.ts";
import type {
  Learned,
  Overview,
  OverviewInput,
  ProgramMemory,
  Queue,
  TrendDay,
  Trends,
  TrendsInput,
} from "#contracts/operations.ts";
import type { OrderId } from "#contracts/order.ts";
import { DEFAULT_MODEL, LEAST_ORDERS_OF_A_WORD, ORDERS_READ_FOR_WORDS } from "#contracts/terms.ts";
import { nextDueAt } from "#server/domain/backups/retention.ts";
import { leadersOf } from "#server/domain/learning/leaders.ts";
import { attentionFor } from "#server/domain/operations/attention.ts";
import { lastDays } from "#server/domain/operations/last-days.ts";
import { standingOf } from "#server/domain/taste/standing.ts";
import type { Ports } from "#server/ports.ts";
import { makeReadHealth } from "./read-health.ts";

const DAY_MS = 86_400_000;
/** A studio that was silent for longer is gone. */
const STUDIO_SILENCE_MS = 20_000;
const SHOWN = { waiting: 30, words: 24, keys: 200 };

type Deps = Pick<
  Ports,
  | "artists"
  | "audit"
  | "backups"
  | "blobs"
  | "duels"
  | "generator"
  | "line"
  | "machine"
  | "migrations"
  | "now"
  | "operations"
  | "orders"
  | "people"
  | "studios"
>;

/** What whoever looks after Aria sees of her. */
export function makeReadOperations(deps: Deps) {
  const { audit, line, now, operations } = deps;
  return {
    async queue(): Promise<Queue> {
      const endedSince = new Date(now().getTime() - DAY_MS);
      const [isPaused, shown] = await Promise.all([
        line.isPaused(),
        operations.queue({ limit: SHOWN.waiting, endedSince }),
      ]);
      return { isPaused, ...shown };
    },
    overview: makeReadOverview(deps),
    trends: (input: z.infer<typeof TrendsInput>) => readTrends(deps, input),
    learned: () => readLearned(deps),
    holdings: () => operations.holdings(),
    keys: () => operations.keys(SHOWN.keys),
    isOrder: (id: OrderId) => operations.isOrder(id),
    audit,
  };
}

function makeReadOverview(deps: Deps) {
  const { backups, line, machine, now, operations, people } = deps;
  const readHealth = makeReadHealth(deps);
  return async function readOverview({ timeZone }: z.infer<typeof OverviewInput>): Promise<Overview> {
    const at = now();
    const today = lastDays(at, 1, timeZone).bounds;
    const yesterday = new Date(at.getTime() - DAY_MS);
    const [health, backlog, isPaused, ends, lately, everybody, { kept }, freeDiskBytes, memory, programs] =
      await Promise.all([
        readHealth(),
        deps.orders.backlog(at),
        line.isPaused(),
        operations.ends(today[0]!, today[1]!),
        operations.ends(yesterday, today[1]!),
        people.list(),
        backups.read(),
        machine.freeDiskBytes().catch(() => null),
        machine.memory(),
        readPrograms(deps, at),
      ]);
    const broken = health.models.filter(({ id, state }) => state === "failed" && id !== DEFAULT_MODEL);
    const attention = attentionFor({
      checks: health.checks,
      brokenModels: broken.map(({ title }) => title),
      failed: lately.failed,
      backups: kept,
      since: everybody.find(({ isOwner }) => isOwner)!.createdAt,
      isPaused,
      waiting: backlog.waiting,
      now: at,
    });
    return {
      attention,
      waiting: backlog.waiting,
      today: ends,
      people: everybody.length,
      backups: { kept: kept.length, newest: kept[0]?.madeAt ?? null, nextAt: nextDueAt(kept, at) },
      memory,
      freeDiskBytes,
      programs,
    };
  };
}

/** Of those that say what they hold; this one does, and others where they run and can tell. */
async function readPrograms({ generator, machine, operations }: Deps, now: Date): Promise<ProgramMemory[]> {
  const [studios, inference] = await Promise.all([
    operations.studioBytes(new Date(now.getTime() - STUDIO_SILENCE_MS)),
    generator.health().catch(() => null),
  ]);
  return [
    { program: "web", residentBytes: machine.residentBytes() },
    ...studios.map((residentBytes) => ({ program: "studio" as const, residentBytes })),
    ...(inference?.programs ?? []),
  ];
}

const NOTHING = {
  done: 0,
  failed: 0,
  cancelled: 0,
  score: null,
  agreement: null,
  aesthetic: null,
  p50Seconds: null,
  p95Seconds: null,
} as const satisfies Omit<TrendDay, "day">;

async function readTrends({ operations, now }: Deps, input: z.infer<typeof TrendsInput>): Promise<Trends> {
  const { names, bounds } = lastDays(now(), input.days, input.timeZone);
  const [from, to] = [bounds[0]!, bounds.at(-1)!];
  const [measured, tallies, words] = await Promise.all([
    operations.days(bounds),
    operations.tallies(from, to),
    operations.words({
      since: from,
      latest: ORDERS_READ_FOR_WORDS,
      least: LEAST_ORDERS_OF_A_WORD,
      limit: SHOWN.words,
    }),
  ]);
  const byIndex = new Map(measured.map(({ index, ...day }) => [index, day]));
  return { days: names.map((day, i) => ({ day, ...(byIndex.get(i) ?? NOTHING) })), ...tallies, words };
}

async function readLearned({ artists, duels, operations, now }: Deps): Promise<Learned[]> {
  const at = now();
  return Promise.all(
    (await artists.list()).map(async ({ id, name }) => {
      const [arms, answers] = await Promise.all([operations.arms(id, at), duels.answers(id)]);
      return { id, name, leaders: leadersOf(arms, DIMENSIONS), taste: standingOf(answers) };
    }),
  );
}

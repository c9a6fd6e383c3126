/**
 * What opens the gallery (its first page, its outline, what it may be filtered by), as browsers ask web for it, with nothing kept
 * near, with memory and with Redis, while a work is painted every so often; and a hundred who ask at once for what is not kept.
 */
import superjson from "superjson";
import { openDatabase } from "#server/infra/prisma/database.ts";
import { type AriaProcess, freePort, startAria, temporaryDataDir } from "#tests/aria-process.ts";
import { findProgram } from "#tests/aria-processes.ts";
import { hang } from "#tests/hung-artworks.ts";
import { isRedisMissing, startRedis } from "#tests/redis-server.ts";
import { percentile, report, timedMs } from "./figures.ts";
import { seedGallery } from "./seed-gallery.ts";

const SIZES = [10_000, 100_000];
const ASKED = 300;
/** A work is hung after so many. */
const HUNG_EVERY = 60;
const CROWD = 100;
const PROCEDURES = [
  ["gallery.page", {}],
  ["gallery.outline", {}],
  ["gallery.facets", undefined],
] as const;

const ask = async ({ url }: AriaProcess, [procedure, input]: (typeof PROCEDURES)[number]): Promise<void> => {
  const query = encodeURIComponent(JSON.stringify(superjson.serialize(input)));
  const reply = await fetch(`${url}/api/trpc/${procedure}?input=${query}`);
  if (!reply.ok) throw new Error(await reply.text());
  await reply.arrayBuffer();
};

/** What web counted so far, by result. */
async function counted({ url }: AriaProcess): Promise<Record<string, number>> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const sums: Record<string, number> = {};
  for (const [, result, value] of text.matchAll(/^aria_cache_requests_total\{.*result="(\w+)"\} (\d+)$/gm))
    sums[result!] = (sums[result!] ?? 0) + Number(value);
  return sums;
}

async function measure(aria: AriaProcess, mode: string, size: number): Promise<void> {
  const db = openDatabase(findProgram(aria.dataDir, "studio")?.env.DATABASE_URL ?? "");
  await seedGallery(db, size);
  await db.$executeRaw`vacuum analyze artworks`;
  for (const procedure of [...PROCEDURES, ...PROCEDURES]) await ask(aria, procedure);
  const times = new Map<string, number[]>(PROCEDURES.map(([name]) => [name, []]));
  const before = await counted(aria);
  for (let i = 0; i < ASKED; i++) {
    const procedure = PROCEDURES[i % PROCEDURES.length]!;
    if (i % HUNG_EVERY === HUNG_EVERY - 1) await hang(db, { createdAt: new Date() });
    times.get(procedure[0])?.push(await timedMs(() => ask(aria, procedure)));
  }
  const about = `at ${size} artworks, ${mode}`;
  report(`portfolio ${about}, p50`, percentile([...times.values()].flat(), 50), "ms");
  report(`portfolio ${about}, p95`, percentile([...times.values()].flat(), 95), "ms");
  const floor: number[] = [];
  for (let i = 0; i < ASKED; i++) floor.push(await timedMs(() => fetch(`${aria.url}/health/live`)));
  report(`an answer that asks nobody ${about}, p95`, percentile(floor, 95), "ms");
  for (const [name, took] of times) report(`${name} ${about}, p95`, percentile(took, 95), "ms");
  const after = await counted(aria);
  const grown = (result: string) => (after[result] ?? 0) - (before[result] ?? 0);
  if (grown("hit") > 0) report(`hit rate ${about}`, grown("hit") / (grown("hit") + grown("miss")), "ratio");
  await hang(db, { createdAt: new Date() });
  const crowd = await timedMs(() => Promise.all(Array.from({ length: CROWD }, () => ask(aria, PROCEDURES[1]))));
  report(`${CROWD} at once ${about}, until the last has its outline`, crowd, "ms");
  const loads = ((await counted(aria)).miss ?? 0) - (after.miss ?? 0);
  if (loads > 0) report(`${CROWD} at once ${about}, loads`, loads, "count");
  await db.$disconnect();
}

export async function cache(): Promise<void> {
  const { dir, remove } = temporaryDataDir();
  const redis = isRedisMissing ? null : await startRedis();
  const modes: [string, Record<string, string>][] = [
    ["uncached", { CACHE_MB: "0" }],
    ["in memory", {}],
  ];
  if (redis) modes.push(["in Redis", { REDIS_URL: redis.url }]);
  for (const size of SIZES)
    for (const [mode, env] of modes) {
      const aria = await startAria(dir, await freePort(), env);
      await measure(aria, mode, size);
      await aria.stop();
    }
  await redis?.stop();
  remove();
}

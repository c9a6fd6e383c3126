/**
 * `npm run soak -- [--minutes N] [--sockets N] [--rate N] [--artworks N] [--drops N] [--report FILE]`: a whole Aria that paints all the time while many watch and
 * read; then those who watch are thrown out and come back, again and again, while all else goes on. Prints the report; exit 1: it did not hold.
 */
import { writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import superjson from "superjson";
import { findProgram } from "#tests/aria-processes.ts";
import { percentile } from "../bench/figures.ts";
import { seedGallery } from "../bench/seed-gallery.ts";
import { openUnderFire, type UnderFire } from "./aria-under-fire.ts";
import { openCrowd } from "./crowd.ts";
import { watchHeap } from "./heaps.ts";
import { readApart } from "./readers.ts";

const API_P99_MS = 100;
const HEALTH_P99_MS = 20;
const BACK_WITHIN_MS = 1_000;
const FLAT_MB_PER_MINUTE = 1;
const HEALTH_PER_S = 5;
const MINUTE_MS = 60_000;
const DROP_EVERY_MS = 3_000;
const AT_ONCE = 24;

const options = {
  minutes: { type: "string", default: "10" },
  sockets: { type: "string", default: "200" },
  rate: { type: "string", default: "50" },
  artworks: { type: "string", default: "10000" },
  drops: { type: "string", default: "20" },
  report: { type: "string" },
} as const;
const { values } = parseArgs({ options });
const numbers = [values.minutes, values.sockets, values.rate, values.artworks, values.drops].map(Number);
if (numbers.some((number) => !(number > 0))) {
  console.error(
    "usage: npm run soak -- [--minutes N] [--sockets N] [--rate N] [--artworks N] [--drops N] [--report FILE]",
  );
  process.exit(2);
}
const [minutes, sockets, rate, artworks, drops] = numbers as [number, number, number, number, number];

/** In turn what a gallery, an artwork page, a studio and a mind ask for. */
async function mixedReads({ url, db }: UnderFire): Promise<string[]> {
  const works = await db.artwork.findMany({ take: AT_ONCE, orderBy: { createdAt: "desc" }, select: { id: true } });
  const asking = (procedure: string, input?: unknown) => {
    const query = input === undefined ? "" : `?input=${encodeURIComponent(JSON.stringify(superjson.serialize(input)))}`;
    return `${url}/api/trpc/${procedure}${query}`;
  };
  return works.flatMap(({ id }) => [
    asking("gallery.page", {}),
    asking("artwork.byId", id),
    asking("order.line"),
    asking("gallery.page", { q: "lighthouse" }),
    asking("gallery.family", id),
    asking("order.current"),
    asking("gallery.outline", {}),
    asking("mind.artists"),
  ]);
}

async function paintOn(aria: UnderFire, follow: (id: string) => void, isOver: () => boolean): Promise<string[]> {
  const ended: string[] = [];
  while (!isOver()) {
    const id = await aria.place();
    follow(id);
    ended.push(await aria.untilOver(id));
  }
  return ended;
}

const collects = `--import ${new URL("collect-garbage.mjs", import.meta.url)}`;
const aria = await openUnderFire({ env: { NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ""} ${collects}`.trim() } });
await seedGallery(aria.db, artworks);
await aria.untilOver(await aria.place());
const reads = await mixedReads(aria);
const crowd = openCrowd(aria.url, sockets, aria.ticketFor);
while (!crowd.isWhole()) await sleep(50);

let isOver = false;
const painting = paintOn(aria, crowd.follow, () => isOver);
const programs = ["web", "studio", "inference"] as const;
// Each look holds the program up for some tenths of a second, which those who ask of it meanwhile wait: they count.
const heaps = programs.map((program) => {
  const { pid } = findProgram(aria.dir, program)!;
  return { program, stop: watchHeap(pid, aria.metricsUrls[program], MINUTE_MS) };
});
const read = () =>
  readApart({
    api: { addresses: reads, perSecond: rate },
    health: { addresses: [`${aria.url}/health/live`], perSecond: HEALTH_PER_S },
  });
const stopReads = read();
await sleep(minutes * MINUTE_MS);
const { api, health } = await stopReads();
const heap = Object.fromEntries(
  await Promise.all(heaps.map(async ({ program, stop }) => [program, await stop()] as const)),
);

const stopReadsThen = read();
const backMs: number[] = [];
for (let drop = 0; drop < drops; drop++) {
  await sleep(DROP_EVERY_MS);
  const times = await crowd.dropAll();
  backMs.push(...times);
  console.log(
    JSON.stringify({
      drop,
      backMsMedian: Math.round(percentile(times, 50)),
      backMsLongest: Math.round(Math.max(...times)),
    }),
  );
}
const whileDropped = await stopReadsThen();
isOver = true;
const ended = await painting;
crowd.close();
await aria.close();

const backMsLongest = Math.round(Math.max(...backMs));
const bars = {
  errors: [api, health, whileDropped.api, whileDropped.health].every(({ failed }) => failed === 0),
  api: api.p99Ms <= API_P99_MS,
  health: health.p99Ms <= HEALTH_P99_MS,
  back: backMsLongest <= BACK_WITHIN_MS,
  heap: Object.values(heap).every(({ missed, mbPerMinute }) => missed === 0 && mbPerMinute <= FLAT_MB_PER_MINUTE),
  painted: ended.length > 0 && ended.every((state) => state === "done"),
};
const report = {
  ...{
    minutes,
    sockets,
    rate,
    artworks,
    holds: Object.values(bars).every(Boolean),
    bars,
    api,
    health,
    heap,
    whileDropped,
  },
  ...{
    drops,
    backMsMedian: Math.round(percentile(backMs, 50)),
    backMsP99: Math.round(percentile(backMs, 99)),
    backMsLongest,
  },
  ...{ painted: ended.length, told: crowd.told() },
};
const whole = JSON.stringify(report, null, 1);
if (values.report) writeFileSync(values.report, `${whole}\n`);
console.log(whole);
process.exit(report.holds ? 0 : 1);

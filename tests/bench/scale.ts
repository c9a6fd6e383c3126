/** What docs/scale.md reckons with: orders an hour, bytes an artwork, pages in a large gallery; and a thousand engines, simulated. */
import { GalleryPageInput } from "#contracts/gallery.ts";
import { PersonId } from "#contracts/people.ts";
import { placesFor } from "#server/infra/inference/places-for.ts";
import type { Database } from "#server/infra/prisma/database.ts";
import { prismaGallery } from "#server/infra/prisma/gallery.ts";
import { openUnderFire } from "../chaos/aria-under-fire.ts";
import { percentile, report, timedMs } from "./figures.ts";
import { seedGallery } from "./seed-gallery.ts";
import { type Asked, simulateFleet } from "./simulated-fleet.ts";

const ORDERS = 20;
const SIZES = [100_000, 1_000_000];
const FARTHEST = 100_000_000;
const PAGES = 200;
const GB = 1e9;

export async function scale(): Promise<void> {
  simulate();
  const aria = await openUnderFire();
  await aria.untilOver(await aria.place());
  const ms = await timedMs(async () => {
    for (let i = 0; i < ORDERS; i++) await aria.untilOver(await aria.place({ count: 1 }));
  });
  report("orders an hour, one candidate, one engine, one after the other", (ORDERS * 3_600_000) / ms, "count");
  for (const size of SIZES) await measureRows(aria.db, size);
  await aria.close();
}

async function measureRows(db: Database, size: number): Promise<void> {
  await seedGallery(db, size);
  const [bytes] = await db.$queryRaw<{ rows: bigint; indexes: bigint }[]>`
    select sum(pg_table_size(c)) as rows, sum(pg_indexes_size(c)) as indexes
    from unnest(array['orders', 'candidates', 'artworks']::regclass[]) c`;
  const [rows, indexes] = [Number(bytes?.rows) / size, Number(bytes?.indexes) / size];
  report(`bytes of rows an artwork, at ${size}`, rows, "count");
  report(`bytes of indexes an artwork, at ${size}`, indexes, "count");
  report(`GB of rows and indexes at ${FARTHEST}, as at ${size}`, ((rows + indexes) * FARTHEST) / GB, "count");
  const { ownerId } = await db.artwork.findFirstOrThrow();
  const gallery = prismaGallery(db, PersonId.parse(ownerId));
  const cursors = await db.$queryRaw<{ id: string; createdAt: Date; score: number }[]>`
    select id::text, created_at as "createdAt", score from artworks tablesample system (1) limit ${PAGES}`;
  const times: number[] = [];
  for (const after of cursors) times.push(await timedMs(() => gallery.page(GalleryPageInput.parse({ after }))));
  report(`a page anywhere among ${size}, p50`, percentile(times, 50), "ms");
  report(`a page anywhere among ${size}, p95`, percentile(times, 95), "ms");
}

/** Twenty models of which an engine holds two; opening one takes half as long as painting with it. */
const FLEET = { models: 20, held: 2, load: 0.6, paintSeconds: 10, openSeconds: 5, seed: 1 };

function simulate(): void {
  for (const engines of [100, 1_000]) {
    const asked: Record<string, Asked> = { "all asked": (urls) => urls, "64 asked": placesFor };
    for (const [name, ask] of Object.entries(asked)) {
      const orders = Math.min(10_000, engines * 50);
      const figures = simulateFleet({ ...FLEET, engines, orders }, ask);
      const of = `${engines} engines, ${name}`;
      report(`${of}: wait, p50`, figures.waitP50, "s");
      report(`${of}: wait, p95`, figures.waitP95, "s");
      report(`${of}: painted where the model was open`, figures.warmShare, "ratio");
      report(`${of}: questions a second`, figures.asked * figures.perSecond, "count");
    }
  }
}

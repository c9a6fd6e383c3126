/** What whoever looks after Aria asks of the database, with 100,000 artworks of the last 70 days: all of them in one span. */
import { randomBytes } from "node:crypto";
import type { ArtistId } from "#contracts/mind.ts";
import { lastDays } from "#server/domain/operations/last-days.ts";
import { openDatabase } from "#server/infra/prisma/database.ts";
import { prismaOperations } from "#server/infra/prisma/operations.ts";
import { prismaAudit } from "#server/infra/prisma/people.ts";
import { ownDatabase } from "#tests/own-database.ts";
import setUp from "../database.ts";
import { percentile, report, timedMs } from "./figures.ts";
import { seedGallery } from "./seed-gallery.ts";

const SIZE = 100_000;
const EMBEDDING_BYTES = 2_048;
const TIMES = 15;

export async function operations([count = String(SIZE)]: readonly string[]): Promise<void> {
  const tearDown = await setUp();
  const own = await ownDatabase({ migrated: true });
  const db = openDatabase(own.url);
  await seedGallery(db, Number(count));
  const embedding = randomBytes(EMBEDDING_BYTES);
  await db.$executeRaw`update candidates set embedding = ${embedding}, agreement = 0.5, bytes = 110000`;
  await db.$executeRaw`update orders set theme = prompt || ' at dusk, oil on canvas, calm water and a distant ship'`;
  await db.$executeRaw`
    insert into audit (at, person_id, person_name, action, subject)
    select now(), p.id, p.name, (array['model.act', 'order.setPaused', 'person.create'])[1 + n % 3], n::text
    from generate_series(1, ${Number(count)}::int) n, people p where p.is_owner`;
  await db.$executeRaw`vacuum analyze`;
  const repo = prismaOperations(db);
  const audit = prismaAudit(db);
  const now = new Date();
  const artist = await db.artist.findFirstOrThrow();
  const asked: Record<string, () => Promise<unknown>> = {
    queue: () => repo.queue({ limit: 30, endedSince: new Date(now.getTime() - 86_400_000) }),
    holdings: () => repo.holdings(),
    arms: () => repo.arms(artist.id as ArtistId, now),
    "audit, a page of one action": () => audit.page({ action: "person.create", limit: 20, cursor: "50000" }),
    "audit, what there is": () => audit.facets(),
  };
  for (const days of [1, 7, 30, 90]) {
    const { bounds } = lastDays(now, days, "Europe/Berlin");
    const [from, to] = [bounds[0]!, bounds.at(-1)!];
    asked[`ends, ${days} days`] = () => repo.ends(from, to);
    asked[`days, ${days} days`] = () => repo.days(bounds);
    asked[`tallies, ${days} days`] = () => repo.tallies(from, to);
    asked[`words, ${days} days`] = () => repo.words({ since: from, latest: 5_000, least: 3, limit: 24 });
  }
  for (const [name, ask] of Object.entries(asked)) {
    const times: number[] = [];
    for (let i = 0; i < TIMES; i++) times.push(await timedMs(ask));
    report(`${name}, p50`, percentile(times, 50), "ms");
    report(`${name}, worst`, Math.max(...times), "ms");
  }
  await db.$disconnect();
  await own.drop();
  await tearDown();
}

/** The gallery's page, as a browser asks for it, anywhere in a small and in a large collection. */
import superjson from "superjson";
import { openDatabase } from "#server/infra/prisma/database.ts";
import { freePort, startAria, temporaryDataDir } from "#tests/aria-process.ts";
import { findProgram } from "#tests/aria-processes.ts";
import { percentile, report, timedMs } from "./figures.ts";
import { seedGallery } from "./seed-gallery.ts";

const SIZES = [1_000, 100_000];
const PAGES = 400;

export async function gallery(): Promise<void> {
  const { dir, remove } = temporaryDataDir();
  const aria = await startAria(dir, await freePort());
  const db = openDatabase(findProgram(dir, "studio")?.env.DATABASE_URL ?? "");
  const p95s: number[] = [];
  for (const size of SIZES) {
    await seedGallery(db, size);
    const cursors = await db.artwork.findMany({ select: { id: true, createdAt: true, score: true }, take: size });
    const page = async () => {
      const cursor = cursors[Math.floor(Math.random() * cursors.length)];
      const input = encodeURIComponent(JSON.stringify(superjson.serialize({ after: cursor, limit: 24 })));
      const reply = await fetch(`${aria.url}/api/trpc/gallery.page?input=${input}`);
      if (!reply.ok) throw new Error(await reply.text());
      await reply.arrayBuffer();
    };
    for (let i = 0; i < 100; i++) await page();
    const times: number[] = [];
    for (let i = 0; i < PAGES; i++) times.push(await timedMs(page));
    p95s.push(percentile(times, 95));
    report(`gallery page at ${size} artworks, p50`, percentile(times, 50), "ms");
    report(`gallery page at ${size} artworks, p95`, percentile(times, 95), "ms");
  }
  report("gallery page p95 at 100000 over at 1000", (p95s[1] ?? Number.NaN) / (p95s[0] ?? 1), "ratio");
  await db.$disconnect();
  await aria.stop();
  remove();
}

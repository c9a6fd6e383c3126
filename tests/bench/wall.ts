/** The gallery in a browser with 100,000 artworks, and what the searches of its server take. */
import { chromium, type Page } from "@playwright/test";
import superjson from "superjson";
import { openDatabase } from "#server/infra/prisma/database.ts";
import { freePort, startAria, temporaryDataDir } from "#tests/aria-process.ts";
import { findProgram } from "#tests/aria-processes.ts";
import { percentile, report, timedMs } from "./figures.ts";
import { seedGallery } from "./seed-gallery.ts";

const SIZE = 100_000;
const MINUTES_APART = 8;
const SCROLLED_MS = 30_000;
const SEARCHES = 40;
const WORDS = ["lighthouse", "seeded", "lighthouse 4711", '"seeded lighthouse"', "nothing", "lighthouse -seeded"];

export async function wall(): Promise<void> {
  const { dir, remove } = temporaryDataDir();
  const aria = await startAria(dir, await freePort());
  const db = openDatabase(findProgram(dir, "studio")?.env.DATABASE_URL ?? "");
  await seedGallery(db, SIZE, MINUTES_APART);
  await db.$executeRaw`vacuum analyze artworks`;
  await search(aria.url);
  const executablePath = process.env.CHROMIUM_PATH ?? "/usr/bin/chromium";
  const browser = await chromium.launch({
    executablePath,
    args: ["--no-sandbox", "--enable-precise-memory-info", "--js-flags=--expose-gc"],
  });
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await scroll(page, aria.url);
  await firstLoad(page, aria.url);
  await browser.close();
  await db.$disconnect();
  await aria.stop();
  remove();
}

async function search(url: string): Promise<void> {
  const ask = async (procedure: string, input: object) => {
    const query = encodeURIComponent(JSON.stringify(superjson.serialize(input)));
    const reply = await fetch(`${url}/api/trpc/gallery.${procedure}?input=${query}`);
    if (!reply.ok) throw new Error(await reply.text());
    await reply.arrayBuffer();
  };
  const times: number[] = [];
  for (let i = 0; i < SEARCHES; i++) times.push(await timedMs(() => ask("page", { q: WORDS[i % WORDS.length]! })));
  report(`search by words among ${SIZE}, p95`, percentile(times, 95), "ms");
  const outlines: number[] = [];
  for (let i = 0; i < 10; i++) outlines.push(await timedMs(() => ask("outline", {})));
  report(`outline of ${SIZE}, p50`, percentile(outlines, 50), "ms");
}

interface Watched {
  longest: number;
  shift: number;
  tiles: number;
}

async function scroll(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/gallery`);
  await page.getByText("100,000 artworks").waitFor();
  await page.waitForTimeout(2_000);
  await page.evaluate(() => {
    const watched: Watched = { longest: 0, shift: 0, tiles: 0 };
    Object.assign(window, { watched });
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) watched.longest = Math.max(watched.longest, duration);
    }).observe({ type: "longtask" });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) watched.shift += (entry as unknown as { value: number }).value;
    }).observe({ type: "layout-shift" });
  });
  const heap = () =>
    page.evaluate(() => {
      (globalThis as unknown as { gc?: () => void }).gc?.();
      return (performance as unknown as { memory: { usedJSHeapSize: number } }).memory.usedJSHeapSize;
    });
  const before = await heap();
  const until = Date.now() + SCROLLED_MS;
  while (Date.now() < until) {
    await page.mouse.wheel(0, 600);
    await page.waitForTimeout(50);
    await page.evaluate(() => {
      const { watched } = window as unknown as { watched: Watched };
      watched.tiles = Math.max(watched.tiles, document.querySelectorAll("[data-testid=gallery-tile]").length);
    });
  }
  await page.waitForTimeout(1_000);
  const grown = (await heap()) - before;
  const watched = await page.evaluate(() => (window as unknown as { watched: Watched }).watched);
  report("scrolling 30 s, longest task", watched.longest, "ms");
  report("scrolling 30 s, most tiles in the DOM", watched.tiles, "count");
  report("scrolling 30 s, layout shift", watched.shift, "ratio");
  report("scrolling 30 s, heap growth", grown / 1e6, "MB");
  report("scrolling 30 s, px scrolled", await page.evaluate(() => window.scrollY), "count");
}

/** Scripts of a first visit, as they are sent. */
async function firstLoad(page: Page, url: string): Promise<void> {
  for (const path of ["/", "/gallery"]) {
    const context = await page.context().browser()!.newContext({ serviceWorkers: "block" });
    const fresh = await context.newPage();
    await fresh.goto(`${url}${path}`, { waitUntil: "networkidle" });
    const bytes = await fresh.evaluate(() =>
      (performance.getEntriesByType("resource") as PerformanceResourceTiming[])
        .filter(({ initiatorType, name }) => initiatorType === "script" || name.endsWith(".js"))
        .reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0),
    );
    report(`first-load JavaScript of ${path}, gzip`, bytes / 1e6, "MB");
    await context.close();
  }
}

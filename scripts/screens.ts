/** `npm run screens -- URL`: ten pages in both rooms, wide and narrow, as docs/screens shows them, from an Aria that is running. */
import { mkdirSync } from "node:fs";
import path from "node:path";
import { type Browser, chromium, type Page } from "@playwright/test";
import sharp from "sharp";

const [, , url = "http://localhost:3000"] = process.argv;
const OUT = path.resolve(import.meta.dirname, "../docs/screens");
const SIZES = {
  wide: { viewport: { width: 1440, height: 900 } },
  narrow: { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true },
} as const;
const SETTLED_MS = 2_500;
const QUALITY = 72;

const first = async (page: Page, list: string): Promise<string> => {
  await page.goto(`${url}${list}`);
  const inside = list === "/gallery" ? "/artworks/" : `${list}/`;
  const link = page.locator(`main a[href^="${inside}"]`).first();
  return (await link.getAttribute("href", { timeout: 5_000 })) ?? list;
};

async function pagesOf(browser: Browser): Promise<Record<string, string>> {
  const page = await browser.newPage();
  const [artwork, collection, series] = [
    await first(page, "/gallery"),
    await first(page, "/collections"),
    await first(page, "/series"),
  ];
  await page.close();
  const words = encodeURIComponent("a stormy sea at night");
  return {
    studio: "/",
    gallery: "/gallery",
    meaning: `/gallery/alike?words=${words}`,
    artwork,
    collection,
    series,
    mind: "/mind",
    journal: "/journal",
    models: "/models",
    settings: "/settings",
  };
}

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium",
  args: ["--no-sandbox"],
});
mkdirSync(OUT, { recursive: true });
const pages = await pagesOf(browser);
for (const [size, options] of Object.entries(SIZES))
  for (const theme of ["dark", "light"]) {
    const context = await browser.newContext({ ...options, serviceWorkers: "block" });
    await context.addInitScript((chosen) => {
      localStorage.setItem("theme", chosen);
      localStorage.setItem("first steps", "left");
    }, theme);
    const page = await context.newPage();
    for (const [name, address] of Object.entries(pages)) {
      await page.goto(`${url}${address}`);
      await page.waitForTimeout(SETTLED_MS);
      const file = path.join(OUT, `${name}-${theme}-${size}.webp`);
      await sharp(await page.screenshot())
        .webp({ quality: QUALITY })
        .toFile(file);
    }
    await context.close();
  }
await browser.close();
console.log(`${Object.keys(pages).length} pages in ${OUT}`);

/** One Aria for all end-to-end tests of a run; a test may restart her. */
import { type APIRequestContext, test as base, expect, type Page } from "@playwright/test";
import { openDatabase } from "#server/infra/prisma/database.ts";
import { seedGallery } from "#tests/bench/seed-gallery.ts";
import { type AriaProcess, freePort, startAria, temporaryDataDir } from "../aria-process.ts";
import { findProgram } from "../aria-processes.ts";

/** What others reach her by: a browser finds this machine by any name that ends so, and takes it for a safe origin. */
const publicUrlAt = (port: number): string => `http://aria.localhost:${port}`;
/** By which the first to sign in becomes the owner. */
export const CLAIM_CODE = "the-code-of-tests";
const MINUTES_APART = 60;

interface Aria {
  readonly url: string;
  readonly publicUrl: string;
  restart(): Promise<void>;
  /** Brings the gallery to so many artworks, over months. */
  seedGallery(count: number): Promise<void>;
}

export const test = base.extend<object, { aria: Aria }>({
  aria: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what a fixture needs from this pattern
    async ({}, use) => {
      const port = await freePort();
      const { dir, remove } = temporaryDataDir();
      const env = { PUBLIC_URL: publicUrlAt(port), CLAIM_CODE };
      let running: AriaProcess = await startAria(dir, port, env);
      const restart = async () => {
        await running.stop();
        running = await startAria(dir, port, env);
      };
      const seed = async (count: number) => {
        const db = openDatabase(findProgram(dir, "studio")?.env.DATABASE_URL ?? "");
        await seedGallery(db, count, MINUTES_APART);
        await db.$disconnect();
      };
      await use({ url: running.url, publicUrl: env.PUBLIC_URL, restart, seedGallery: seed });
      await running.stop();
      remove();
    },
    { scope: "worker", timeout: 240_000 },
  ],
});

export { expect };

export async function order(page: Page, prompt: string): Promise<void> {
  await page.getByLabel("What shall she paint?").fill(prompt);
  await page.keyboard.press("Control+Enter");
}

/** How many artworks hang in the gallery that is open: of a large one, few are there as tiles. */
export async function hanging(page: Page): Promise<number> {
  const count = page.locator("[data-count]");
  await expect(count).toBeAttached();
  return Number(await count.getAttribute("data-count"));
}

/** Until the order in the address is done: what the studio showed before it may be kept already, and stand there still. */
export async function untilKept(page: Page): Promise<void> {
  await page.waitForURL(/order=/);
  const id = new URL(page.url()).searchParams.get("order");
  await expect(page.locator(`[data-order="${id}"]`).getByTestId("kept")).toBeVisible({ timeout: 60_000 });
}

/** One artwork of its own for a test, through the REST door. */
export async function paint(request: APIRequestContext, url: string, prompt: string): Promise<void> {
  const reply = await request.post(`${url}/v1/images/generations`, { data: { prompt, n: 1 } });
  expect(reply.status()).toBe(200);
}

/** The page of the artwork that hangs first: what was painted last. */
export async function openNewest(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/gallery`);
  await openFirst(page);
}

/** From the gallery that is open. A press that begins on the wall as it was sent, and ends on the one that lives, is no click. */
export async function openFirst(page: Page): Promise<void> {
  await expect(async () => {
    const isThere = page.url().includes("/artworks/");
    if (!isThere) await page.getByTestId("gallery-tile").first().getByRole("link").click({ timeout: 20_000 });
    await page.waitForURL(/\/artworks\//, { timeout: 10_000 });
  }).toPass();
}

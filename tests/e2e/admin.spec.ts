import AxeBuilder from "@axe-core/playwright";
import type { APIRequestContext, Page } from "@playwright/test";
import { expect, paint, test } from "./aria.ts";

const THEME = "a lighthouse nobody paints";

/** Through the procedures' own door, as any program may. */
async function ask<T>(request: APIRequestContext, url: string, procedure: string, input: object): Promise<T> {
  const query = new URLSearchParams({ input: JSON.stringify({ json: input }) });
  const reply = await request.get(`${url}/api/trpc/${procedure}?${query}`);
  expect(reply.status()).toBe(200);
  return (await reply.json()).result.data.json;
}

const line = (page: Page) => page.locator("#line");

test("an order waits, is cancelled and painted after all; the line is paused and goes on; and all of it is written down", async ({
  aria,
  page,
  request,
}) => {
  await paint(request, aria.url, "a lone tree");
  await page.goto(`${aria.url}/admin`);
  await expect(page.getByRole("heading", { level: 1, name: "Operations" })).toBeVisible();
  await line(page).getByRole("button", { name: "Pause" }).click();
  await expect(page.getByText("The line is paused.")).toBeVisible();

  const placed = await request.post(`${aria.url}/api/trpc/order.place`, {
    data: { json: { prompt: THEME, count: 1 } },
  });
  expect(placed.status()).toBe(200);
  const waiting = line(page).getByRole("list", { name: "Waiting" });
  await expect(waiting.getByText(THEME)).toBeVisible();
  await line(page)
    .getByRole("button", { name: `Cancel: ${THEME}` })
    .click();
  const ended = line(page).getByRole("list", { name: "Failed or cancelled within a day" });
  await expect(ended.getByText(THEME)).toBeVisible();
  await expect(waiting).toHaveCount(0);
  await ended.getByRole("button", { name: `Paint it after all: ${THEME}` }).click();
  await expect(waiting.getByText(THEME)).toBeVisible();
  await line(page).getByRole("button", { name: "Go on" }).click();
  await expect(line(page).getByText("Nothing is being painted, and nothing waits.")).toBeVisible({ timeout: 60_000 });

  const audit = page.locator("#audit");
  await audit.getByRole("combobox", { name: "What" }).selectOption("admin.retry");
  await expect(audit.getByRole("listitem")).toHaveCount(1);
  await expect(audit.getByRole("listitem")).toContainText("Owner: had the order painted after all:");
  await audit.getByRole("combobox", { name: "What" }).selectOption("admin.cancel");
  await expect(audit.getByRole("listitem")).toContainText("Owner: cancelled the order");
});

test("what its charts say is what was counted, in words, in figures, and for whoever asks the door", async ({
  aria,
  page,
  request,
}) => {
  await paint(request, aria.url, "a lone tree");
  await page.goto(`${aria.url}/admin`);
  const timeZone = await page.evaluate(() => Intl.DateTimeFormat().resolvedOptions().timeZone);
  interface Day {
    readonly done: number;
    readonly failed: number;
    readonly cancelled: number;
    readonly score: number;
  }
  const { days } = await ask<{ days: Day[] }>(request, aria.url, "admin.trends", { timeZone, days: 7 });
  const today = days.at(-1)!;
  expect(today.done).toBeGreaterThan(0);
  await page.getByText("7", { exact: true }).click();
  const said = `${today.done} painted, ${today.failed} failed, ${today.cancelled} cancelled.`;
  const orders = page.getByRole("figure").filter({ hasText: "Orders a day" });
  await expect(orders.getByText(said)).toBeVisible();
  await expect(orders.locator("canvas")).toBeVisible();
  await orders.getByText("The same in figures").click();
  const newest = orders.getByRole("row").nth(1).getByRole("cell");
  await expect(newest).toHaveText([String(today.done), String(today.failed), String(today.cancelled)]);
  const quality = page.getByRole("figure").filter({ hasText: "Quality of what was kept" });
  await expect(quality.getByText(`a mean score of ${today.score.toFixed(2)} of 1.`)).toBeVisible();
});

test("it can be read by everybody, by day and by night, and on a phone", async ({ aria, browser, request }) => {
  await paint(request, aria.url, "a lone tree");
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  const page = await context.newPage();
  await page.goto(`${aria.url}/admin`);
  await expect(page.locator("canvas").first()).toBeVisible();
  await page.waitForLoadState("networkidle");
  for (const _room of ["dark", "light"]) {
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    const { violations } = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag22aa"]).analyze();
    expect(violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(" ")}`))).toEqual([]);
    await page.getByRole("button", { name: "Light or dark room" }).click();
  }
  const small = await page
    .locator("main button:visible, main a:visible, main select:visible")
    .evaluateAll((all) => all.flatMap((one) => (one.getBoundingClientRect().height < 44 ? [one.textContent] : [])));
  expect(small).toEqual([]);
  await context.close();
});

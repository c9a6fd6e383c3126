import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, order, test, untilKept } from "./aria.ts";

async function seriousFindings(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"])
    .analyze();
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(" ")}`));
}

test("no page has serious findings, by day or by night", async ({ aria, browser }) => {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(aria.url);
  await page.getByText("Advanced settings").click();
  expect(await seriousFindings(page)).toEqual([]);
  await order(page, "a city at night, neon");
  await untilKept(page);
  const painted = page.url();
  await page.getByRole("link", { name: "See the artwork" }).click();
  await expect(page.getByRole("button", { name: "Paint again" })).toBeVisible();
  const rooms = [
    "gallery",
    "gallery/alike?words=a+lake",
    "collections",
    "series",
    "mind",
    "duels",
    "journal",
    "models",
    "people",
    "flags",
    "nowhere",
  ].map((room) => `${aria.url}/${room}`);
  for (const address of [painted, page.url(), ...rooms]) {
    await page.goto(address);
    await page.waitForLoadState("networkidle");
    expect(await seriousFindings(page)).toEqual([]);
    await page.getByRole("button", { name: "Light or dark room" }).click();
    expect(await seriousFindings(page)).toEqual([]);
    await page.getByRole("button", { name: "Light or dark room" }).click();
  }
  await page.goto(`${aria.url}/sign-in`);
  expect(await seriousFindings(page)).toEqual([]);
  await context.close();
});

import { expect, test, untilKept } from "./aria.ts";

test.use({ viewport: { width: 375, height: 812 }, hasTouch: true, isMobile: true });

test("everything is reached by thumb, and nothing runs over the edge", async ({ aria, page }) => {
  const fits = () => page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth);
  await page.goto(aria.url);
  await page.getByRole("button", { name: "a quiet lake at dawn, watercolor" }).tap();
  await page.getByText("1", { exact: true }).tap();
  await page.getByRole("button", { name: "Paint", exact: true }).tap();
  await expect(page.getByTestId("stroke")).toBeInViewport();
  await untilKept(page);
  expect(await fits()).toBe(true);
  await page.getByRole("link", { name: "See the artwork" }).tap();
  await expect(page.getByRole("heading", { name: /^A Quiet Lake at Dawn, / })).toBeVisible();
  expect(await fits()).toBe(true);
  await page.getByRole("link", { name: "Gallery" }).first().tap();
  await expect(page.getByTestId("gallery-tile").first()).toBeVisible();
  expect(await fits()).toBe(true);
  for (const room of ["Collections", "Series", "Mind", "Duels", "Journal"]) {
    await page.getByRole("link", { name: room }).tap();
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    expect(await fits()).toBe(true);
  }
  await page.getByRole("link", { name: "Settings" }).tap();
  await page.getByRole("link", { name: "Models" }).first().tap();
  await expect(page.getByRole("article").first()).toBeVisible();
  expect(await fits()).toBe(true);
});

import type { Page } from "@playwright/test";
import { expect, hanging, paint, test } from "./aria.ts";

/** Three of their own, once for all tests here. */
let isHung = false;
test.beforeEach(async ({ aria, request }) => {
  if (isHung) return;
  isHung = true;
  await paint(request, aria.url, "northern lights, pastel");
  await paint(request, aria.url, "a mandala in emerald green");
  await paint(request, aria.url, "a single flower, stained glass");
});
const tiles = (page: Page) => page.getByTestId("gallery-tile");
const open = async (page: Page, url: string) => {
  await page.goto(`${url}/gallery`);
  await expect(tiles(page).first()).toBeVisible();
  // What can be done with a wall begins once its shape is known.
  await expect(page.getByText(/^[\d,]+ artworks?$/)).toBeVisible();
};
/** The first two, by the keyboard. */
const chooseTwo = async (page: Page) => {
  for (let chosen = 0; chosen < 2; chosen++) {
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("x");
  }
};

test("words are found, filters stand in the address, and what is found by meaning comes first", async ({
  aria,
  page,
}) => {
  await open(page, aria.url);
  await page.keyboard.press("/");
  await page.keyboard.type("man");
  await page.waitForURL(/q=man$/);
  // Who goes on writing after a pause goes on in the same place.
  await page.keyboard.type("dalas");
  await page.waitForURL(/q=mandalas/);
  await expect(page.getByRole("searchbox")).toBeFocused();
  await expect(tiles(page)).toHaveCount(1);
  await page.getByRole("button", { name: "By meaning" }).click();
  await page.waitForURL(/alike/);
  await expect(page.getByText(/^She hears .*mandala/)).toBeVisible();
  await expect(tiles(page).first().getByRole("link")).toHaveAttribute("title", /Mandala/);
  await page.goto(`${aria.url}/gallery?q=nothing-like-it`);
  await expect(page.getByText("Nothing on the wall is like that.")).toBeVisible();
  // bug: where nothing hung, it said "gallery.count".
  await expect(page.locator("[data-count='0']")).toBeEmpty();
  await page.getByRole("button", { name: "Clear filters" }).click();
  await expect(tiles(page).first()).toBeVisible();
  // Nor does what was written come back.
  await page.waitForTimeout(600);
  await expect(page.getByRole("searchbox")).toHaveValue("");
  expect(page.url()).not.toContain("q=");
  await page.getByRole("button", { name: "Filters" }).click();
  await page.getByLabel("Style").selectOption({ index: 1 });
  await page.waitForURL(/style=/);
  await page.reload();
  await expect(page.getByLabel("Style")).not.toHaveValue("");
});

test("the keyboard walks along the wall, chooses a range, throws it away and takes that back", async ({
  aria,
  page,
}) => {
  await open(page, aria.url);
  const before = await hanging(page);
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog", { name: "Keyboard" })).toBeVisible();
  await page.keyboard.press("Escape");
  await page.keyboard.press("ArrowRight");
  await expect(page.locator('[data-place="0"] a')).toBeFocused();
  await page.keyboard.press("x");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Shift+X");
  await expect(page.getByText("3 chosen")).toBeVisible();
  await page.keyboard.press("Delete");
  await expect(page.getByText("3 artworks are in the trash.")).toBeVisible();
  await expect.poll(() => hanging(page)).toBe(before - 3);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect.poll(() => hanging(page)).toBe(before);
  await page.keyboard.press("ArrowRight");
  await expect(page.locator('[data-place="0"] a')).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "Paint again" })).toBeVisible();
});

test("two are compared, with what differs in how they were painted", async ({ aria, page }) => {
  await open(page, aria.url);
  for (const place of [0, 1]) {
    await page.locator(`[data-place="${place}"]`).hover();
    await page.locator(`[data-place="${place}"]`).getByRole("button").click();
  }
  await page.getByRole("button", { name: "Compare" }).click();
  await expect(
    page.getByRole("table", { name: "What differs" }).getByRole("rowheader", { name: "Prompt" }),
  ).toBeVisible();
  const slider = page.getByRole("slider");
  await slider.focus();
  await page.keyboard.press("Home");
  await expect(slider).toHaveValue("0");
});

test("a collection keeps the order it is given, plays, and is hung again as it was", async ({ aria, page }) => {
  await open(page, aria.url);
  await chooseTwo(page);
  await page.getByRole("button", { name: "Collect" }).click();
  await page.getByLabel("A new collection").fill("Favourites");
  await page.getByRole("button", { name: "Create" }).click();
  await expect(page.getByText("They hang in “Favourites”.")).toBeVisible();
  await page.goto(`${aria.url}/collections`);
  await page.getByRole("link", { name: "Favourites" }).click();
  const titles = () => page.getByRole("main").getByRole("listitem").getByRole("paragraph").allTextContents();
  await expect.poll(async () => (await titles()).length).toBe(2);
  const before = await titles();
  await page
    .getByRole("button", { name: /^Move / })
    .first()
    .focus();
  await page.keyboard.press("Space");
  await page.waitForTimeout(300);
  await page.keyboard.press("ArrowRight");
  await page.waitForTimeout(300);
  await page.keyboard.press("Space");
  await expect.poll(titles).toEqual(before.toReversed());
  await page.reload();
  await expect.poll(titles).toEqual(before.toReversed());
  // regression: what was taken out could not be put back, for its tile was gone
  await page.getByRole("button", { name: "Take it out" }).first().click();
  await expect.poll(titles).toHaveLength(1);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect.poll(titles).toEqual(before.toReversed());
  await page.getByRole("button", { name: "Slideshow" }).click();
  await page.getByRole("button", { name: "Hold" }).click();
  await page.keyboard.press("ArrowRight");
  await expect(page.getByText("2 / 2")).toBeVisible();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Take down" }).click();
  await page.waitForURL(/collections$/);
  await expect(page.getByRole("link", { name: "Favourites" })).toHaveCount(0);
  await page.getByRole("button", { name: "Undo" }).click();
  await page.getByRole("link", { name: "Favourites" }).click();
  await expect.poll(titles).toEqual(before.toReversed());
});

test("a chosen few leave as a zip, one as a crop that is moved by hand", async ({ aria, page }) => {
  await open(page, aria.url);
  await chooseTwo(page);
  await page.getByRole("button", { name: "Export" }).click();
  await page.getByRole("button", { name: "Instagram" }).click();
  const [zip] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Download 2 as a zip" }).click(),
  ]);
  expect(zip.suggestedFilename()).toBe("aria.zip");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  await page.locator('[data-place="0"] a').click();
  await page.getByRole("button", { name: "Export" }).click();
  await page.getByRole("button", { name: "Pinterest" }).click();
  const crop = page.getByTestId("crop");
  await page.getByRole("button", { name: /^What is kept/ }).focus();
  for (let i = 0; i < 25; i++) await page.keyboard.press("ArrowLeft");
  await expect(crop).toHaveCSS("left", "0px");
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "Download" }).last().click(),
  ]);
  expect(file.suggestedFilename()).toMatch(/-pinterest\.png$/);
});

test("a wall of thousands is all there, holds few tiles, does not shift, and is found again where it was left", async ({
  aria,
  page,
}) => {
  await aria.seedGallery(3_000);
  await open(page, aria.url);
  await expect(page.getByText("3,000 artworks")).toBeVisible();
  await page.evaluate(() => {
    const shifts = { sum: 0 };
    Object.assign(window, { shifts });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) shifts.sum += (entry as unknown as { value: number }).value;
    }).observe({ type: "layout-shift", buffered: true });
  });
  await page.getByRole("slider", { name: "Time on the wall" }).focus();
  await page.keyboard.press("ArrowDown");
  await expect.poll(() => page.evaluate(() => window.scrollY)).toBeGreaterThan(1_000);
  for (let i = 0; i < 10; i++) await page.mouse.wheel(0, 900);
  await expect(tiles(page).first().getByRole("link")).toBeVisible();
  expect(await tiles(page).count()).toBeLessThanOrEqual(150);
  expect(await page.evaluate(() => (window as unknown as { shifts: { sum: number } }).shifts.sum)).toBeLessThan(0.001);
  await page.waitForTimeout(500);
  const before = await page.evaluate(() => window.scrollY);
  const middle = tiles(page).filter({ visible: true }).nth(20).getByRole("link");
  await middle.click();
  await page.waitForURL(/artworks/);
  await page.goBack();
  await expect.poll(() => page.evaluate(() => window.scrollY)).toBe(before);
  await page.reload();
  await expect.poll(() => page.evaluate(() => window.scrollY)).toBe(before);
});

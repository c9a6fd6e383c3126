import type { Page } from "@playwright/test";
import { expect, test, untilKept } from "./aria.ts";

const FARTHEST = 80;

/** Walks to what has this name, as somebody without a mouse does. */
async function tabTo(page: Page, name: string | RegExp): Promise<void> {
  const wanted = page
    .getByRole("link", { name })
    .or(page.getByRole("button", { name }))
    .or(page.getByRole("textbox", { name }));
  for (let i = 0; i < FARTHEST; i++) {
    await page.keyboard.press("Tab");
    const focused = await wanted.evaluateAll((all) => all.some((one) => one === document.activeElement));
    if (focused) return;
  }
  throw new Error(`No ${name} within ${FARTHEST} tabs`);
}
const press = async (page: Page, name: string | RegExp) => {
  await tabTo(page, name);
  await page.keyboard.press("Enter");
};

test("everything from a theme to a shared collection is done without a mouse", async ({ aria, page }) => {
  await page.goto(aria.url);
  await press(page, "To the page");
  await expect(page.getByRole("main")).toBeFocused();
  await tabTo(page, "What shall she paint?");
  await page.keyboard.type("a lighthouse at noon");
  await page.keyboard.press("Control+Enter");
  await untilKept(page);
  await press(page, "See the artwork");
  await page.waitForURL(/artworks/);
  const title = (await page.getByRole("heading", { level: 1 }).textContent()) ?? "";
  await press(page, "Love");
  await expect(page.getByRole("button", { name: "Love" })).toHaveAttribute("aria-pressed", "true");
  await press(page, "Collect");
  const dialog = page.getByRole("dialog");
  await expect(dialog).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(page.getByRole("button", { name: "Collect" })).toBeFocused();
  await press(page, "From near");
  await expect(dialog).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("button", { name: "From near" })).toBeFocused();
  await press(page, "Collections");
  await page.waitForURL(/collections$/);
  await tabTo(page, "A new collection");
  await page.keyboard.type("Without a mouse");
  await page.keyboard.press("Enter");
  await page.waitForURL(/collections\//);
  await press(page, "Gallery");
  await page.waitForURL(/gallery$/);
  await expect(page.getByText(/^[\d,]+ artworks?$/)).toBeVisible();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("x");
  await expect(page.getByText(/^1 chosen/)).toBeVisible();
  await page.keyboard.press("c");
  await press(page, /^Without a mouse/);
  await press(page, "Collections");
  await page.waitForURL(/collections$/);
  await press(page, /Without a mouse/);
  await page.waitForURL(/collections\//);
  await expect(page.getByText(title).first()).toBeVisible();
  await press(page, "Share");
  await press(page, "Make a link");
  await expect(dialog.getByRole("textbox", { name: "Share" })).toHaveValue(/\/s\/[\w-]{22}$/);
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
});

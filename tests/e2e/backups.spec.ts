import { expect, order, test, untilKept } from "./aria.ts";

test("a backup is made when it is asked for, and says how to go back to it", async ({ aria, page }) => {
  await page.goto(aria.url);
  await order(page, "a quiet lake at dawn");
  await untilKept(page);
  await page.goto(`${aria.url}/settings`);
  const backups = page.getByRole("region", { name: "Backups" });
  await backups.getByRole("button", { name: "Back up now" }).click();
  const asked = backups.getByRole("listitem").filter({ hasText: "asked for" });
  await expect(asked.first()).toContainText("Read and found sound", { timeout: 60_000 });
  await expect(asked.first()).toContainText(/[1-9]\d* artworks?/);
  await expect(asked.first()).toContainText(/npm run restore -- \d{8}T\d{9}Z/);
});

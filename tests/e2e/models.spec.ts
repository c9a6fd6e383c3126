import { rmSync } from "node:fs";
import path from "node:path";
import { expect, test, untilKept } from "./aria.ts";

const FOLDER = path.resolve("tests/golden/pipelines/sd15");
const INSTALLED = path.resolve("models/sd15");
test.afterEach(() => rmSync(INSTALLED, { recursive: true, force: true }));

test("a model is looked at, brought in, painted with and removed", async ({ aria, page }) => {
  await page.goto(`${aria.url}/models`);
  await expect(page.getByRole("article", { name: "Aria's own hand" })).toContainText("open");
  await page.getByLabel("A repository of the").fill("no such thing");
  await page.getByRole("button", { name: "See what it would do" }).click();
  await expect(page.getByText("must be a folder, a zip, or a Hub id like owner/name")).toBeVisible();
  await page.getByLabel("A repository of the").fill(FOLDER);
  await page.getByRole("button", { name: "See what it would do" }).click();
  await expect(page.getByText("would come to this machine as “sd15”")).toBeVisible();
  await page.getByRole("button", { name: "Bring it in" }).click();
  const installed = page.getByRole("article", { name: "sd15" });
  await expect(installed).toContainText("closed", { timeout: 60_000 });
  await page.goto(aria.url);
  await page.getByText("Advanced settings").click();
  await page.getByLabel("Model", { exact: false }).first().selectOption("sd15");
  await page.getByLabel("What shall she paint?").fill("noise");
  await page.keyboard.press("Control+Enter");
  await untilKept(page);
  await page.goto(`${aria.url}/models`);
  await expect(installed).toContainText("open");
  await installed.getByRole("button", { name: "Remove" }).click();
  await installed.getByRole("button", { name: "Remove for good" }).click();
  await expect(installed).toHaveCount(0);
});

test("a model that is kept open is open again after a restart, and can be let go", async ({ aria, page }) => {
  const own = page.getByRole("article", { name: "Aria's own hand" });
  await page.goto(`${aria.url}/models`);
  await own.getByRole("button", { name: "Keep open" }).click();
  await expect(own.getByRole("button", { name: "Kept open" })).toHaveAttribute("aria-pressed", "true");
  await aria.restart();
  await page.goto(`${aria.url}/models`);
  await own.getByRole("button", { name: "Kept open" }).click();
  await expect(own.getByRole("button", { name: "Keep open" })).toBeVisible();
  await own.getByRole("button", { name: "Let go" }).click();
  await expect(own).toContainText("closed");
  await own.getByRole("button", { name: "Open", exact: true }).click();
  await expect(own.getByRole("button", { name: "Let go" })).toBeVisible({ timeout: 30_000 });
});

/** Ten pages as they looked when somebody last looked at them: `npx playwright test looks --update-snapshots` after doing so. */
import { expect, type Page, test } from "@playwright/test";
import { openDatabase } from "#server/infra/prisma/database.ts";
import { hang } from "#tests/hung-artworks.ts";
import { type AriaProcess, freePort, startAria, temporaryDataDir } from "../aria-process.ts";
import { findProgram } from "../aria-processes.ts";

/** Of a line in each face, on the machine that the pictures were taken on, in px. */
const TAKEN_WITH = { serif: 987, sans: 1072 };
const LINE = "Handgloves, 0123456789: the quick brown fox jumps over it.";

let aria: AriaProcess;
let artworkId: string;
const { dir, remove } = temporaryDataDir();

test.describe("looks", () => {
  test.beforeAll(async () => {
    test.setTimeout(240_000);
    aria = await startAria(dir, await freePort());
    const db = openDatabase(findProgram(dir, "studio")?.env.DATABASE_URL ?? "");
    // She wakes in a mood of her own, in her own time.
    await expect.poll(() => db.moodChange.count()).toBe(1);
    await hang(db, { title: "A Boat on a Still Lake", widthPx: 768, heightPx: 512 });
    await hang(db, { title: "A Ruined Castle", widthPx: 512, heightPx: 768 });
    artworkId = await hang(db, {
      title: "Pine Wood at Dusk",
      prompt: "pine wood at dusk",
      widthPx: 512,
      heightPx: 512,
    });
    await db.$disconnect();
  });
  // Within a minute of it she feels nothing else.
  test.beforeEach(async () => {
    const db = openDatabase(findProgram(dir, "studio")?.env.DATABASE_URL ?? "");
    const now = new Date();
    const feeling = { mood: "serene", energy: 0.5, intensity: 0.5 } as const;
    await db.artist.updateMany({ data: { ...feeling, livedUntil: now, moodSince: now } });
    await db.moodChange.updateMany({ data: { ...feeling, at: now } });
    await db.$disconnect();
  });
  test.afterAll(async () => {
    await aria.stop();
    remove();
  });

  for (const theme of ["dark", "light"])
    test(`ten pages by ${theme === "dark" ? "night" : "day"}`, async ({ page }) => {
      await page.addInitScript((chosen) => {
        localStorage.setItem("theme", chosen);
        localStorage.setItem("first steps", "left");
      }, theme);
      await page.goto(aria.url);
      test.skip(!(await hasSameFaces(page)), "this machine has other fonts than the one the pictures were taken on");
      const rooms = [
        "",
        "gallery",
        `artworks/${artworkId}`,
        "collections",
        "series",
        "mind",
        "journal",
        "offline",
        "models",
      ];
      for (const room of [...rooms, "settings"]) {
        await page.goto(`${aria.url}/${room}`);
        await page.waitForLoadState("networkidle");
        const name = room.split("/")[0] || "studio";
        await expect(page).toHaveScreenshot(`${name}-${theme}.png`, {
          // What was painted, what was measured, and when: true, but never twice the same.
          mask: [page.locator("img:visible, time:visible, canvas:visible")],
          maxDiffPixels: 2_500,
          animations: "disabled",
        });
      }
    });
});

async function hasSameFaces(page: Page): Promise<boolean> {
  const widths = await page.evaluate((line) => {
    const pen = document.createElement("canvas").getContext("2d");
    const widthIn = (family: string) => {
      if (pen) pen.font = `40px ${family}`;
      return Math.round(pen?.measureText(line).width ?? 0);
    };
    return { serif: widthIn("serif"), sans: widthIn("sans-serif") };
  }, LINE);
  return widths.serif === TAKEN_WITH.serif && widths.sans === TAKEN_WITH.sans;
}

import { spawnSync } from "node:child_process";
import { createServer } from "node:net";
import path from "node:path";
import { expect, test } from "@playwright/test";
import { freePort, startAria, temporaryDataDir } from "../aria-process.ts";
import { processesOf } from "../aria-processes.ts";

const ROOT = path.resolve(import.meta.dirname, "../..");

test.describe("the launcher", () => {
  test.skip(process.platform !== "linux", "reads /proc");

  test("opens bare walls on a fresh data folder, and leaves no process when it is interrupted", async ({ page }) => {
    const { dir, remove } = temporaryDataDir();
    const aria = await startAria(dir, await freePort());
    await page.goto(`${aria.url}/gallery`);
    await expect(page.getByText("The walls are still bare")).toBeVisible();
    await page.getByRole("link", { name: "Give her a theme" }).click();
    await expect(page.getByText("The easel is empty.")).toBeVisible();
    expect(processesOf(dir).length).toBeGreaterThan(4);
    await aria.stop();
    expect(processesOf(dir)).toEqual([]);
    remove();
  });

  test("starts PostgreSQL again when it dies, and lets no second launcher stop it", async ({ request }) => {
    const { dir, remove } = temporaryDataDir();
    const aria = await startAria(dir, await freePort());
    const env = { ...process.env, ARIA_DATA_DIR: dir, PORT: String(await freePort()) };
    const second = spawnSync(process.execPath, ["scripts/start.mjs"], { cwd: ROOT, encoding: "utf8", env });
    expect(second.status).toBe(1);
    expect(second.stderr).toContain(`Aria already runs on ${dir} (process ${aria.pid})`);
    const isReady = async () => (await request.get(`${aria.url}/health/ready`)).status();
    expect(await isReady()).toBe(200);
    const postgres = processesOf(dir).find(({ commandLine }) => commandLine.includes("bin/postgres"));
    process.kill(postgres!.pid, "SIGKILL");
    await expect.poll(() => aria.lines.join("\n"), { timeout: 20_000 }).toContain("PostgreSQL stopped (SIGKILL)");
    await expect.poll(isReady, { timeout: 30_000 }).toBe(200);
    await aria.stop();
    expect(processesOf(dir)).toEqual([]);
    remove();
  });

  test("leaves no process when it is killed with -9", async () => {
    const { dir, remove } = temporaryDataDir();
    const aria = await startAria(dir, await freePort());
    process.kill(aria.pid, "SIGKILL");
    await expect.poll(() => processesOf(dir), { timeout: 20_000 }).toEqual([]);
    remove();
  });

  test("refuses what it cannot work with in one sentence", async () => {
    const port = await freePort();
    const taken = createServer();
    await new Promise<void>((listening) => taken.listen(port, "127.0.0.1", listening));
    const { dir, remove } = temporaryDataDir();
    const start = (env: Readonly<Record<string, string>>) => {
      const options = {
        cwd: ROOT,
        encoding: "utf8",
        timeout: 60_000,
        env: { ...process.env, ARIA_DATA_DIR: dir, ...env },
      } as const;
      const { status, stderr } = spawnSync(process.execPath, ["scripts/start.mjs"], options);
      return { status, said: stderr.trim() };
    };
    expect(start({ PORT: String(port) })).toEqual({
      status: 1,
      said: `Port ${port} is taken by another program; start Aria on another, as in: PORT=${port + 1} npm start`,
    });
    expect(start({ PORT: "eighty" }).said).toMatch(/^PORT must be a whole number from 1 to 65535; it is "eighty"\.$/);
    expect(start({ ARIA_DATA_DIR: "/dev/null/aria" }).said).toMatch(
      /^The data folder .* cannot be written to \(ENOTDIR\)/,
    );
    taken.close();
    remove();
  });
});

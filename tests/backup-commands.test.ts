/** `npm run backup` and `npm run restore`, as a person calls them where Aria does not run. */
import { spawn, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { makeBackup } from "#server/infra/backups/make-backup.ts";
import { connect } from "#server/infra/backups/rows.ts";
import { atHome } from "./aria-at-home.ts";
import { temporaryDataDir } from "./aria-process.ts";

const ROOT = path.resolve(import.meta.dirname, "..");

function call(dataDir: string, ...[command = "", ...args]: string[]) {
  const { DATABASE_URL: _not, ...others } = process.env;
  const env = { ...others, ARIA_DATA_DIR: dataDir };
  const script = ["--import", "tsx", `scripts/${command}.ts`, ...args];
  const { status, stdout, stderr } = spawnSync(process.execPath, script, { cwd: ROOT, env, encoding: "utf8" });
  const lines = stdout.split("\n").filter(Boolean);
  return { status, stderr, said: lines.map((line) => JSON.parse(line) as Record<string, unknown>) };
}

it("go back to a backup from another machine, make one of it, and undo it", { timeout: 180_000 }, async () => {
  const there = await atHome();
  onTestFinished(there.leave);
  await there.paint(3);
  const client = await connect(there.url);
  const quiet = { onProgress: () => {}, signal: new AbortController().signal };
  const { id } = await makeBackup(client, there.places, { ...quiet, kind: "asked", now: new Date() });
  await client.end();
  const { dir, remove } = temporaryDataDir();
  onTestFinished(remove);
  cpSync(there.places.dir, path.join(dir, "backups"), { recursive: true });

  expect(call(dir, "restore", "latest")).toMatchObject({ status: 0, said: [{ id, artworks: 3, restorePoint: null }] });
  const made = call(dir, "backup");
  expect(made).toMatchObject({ status: 0, said: [{ kind: "asked", artworks: 3, faults: 0, lost: 0 }] });
  const newest = made.said[0]!.id;
  expect(call(dir, "backup", "list").said).toMatchObject([{ id: newest }, { id }]);
  expect(call(dir, "backup", "verify")).toMatchObject({ status: 0, said: [{ id: newest, sound: true }] });
  const undone = call(dir, "restore", id);
  expect(undone).toMatchObject({ status: 0, said: [{ id, restorePoint: expect.stringMatching(/^\d{8}T/) }] });
  expect(undone.stderr).toContain(`To undo it: npm run restore -- ${undone.said[0]!.restorePoint}`);

  writeFileSync(path.join(dir, "backups", id, "files/ticket-secret"), "not as it was");
  expect(call(dir, "backup", "verify", id)).toMatchObject({ status: 1, said: [{ sound: false }] });
  expect(call(dir, "restore", id)).toMatchObject({ status: 2, stderr: expect.stringContaining("is damaged") });
  expect(existsSync(path.join(dir, "launcher.pid"))).toBe(false);
});

/** As the studio's image has them: bundled, with the packages and the migrations beside them, and no sources. */
function asInImage() {
  const { dir, remove } = temporaryDataDir();
  onTestFinished(remove);
  const { status } = spawnSync(process.execPath, ["scripts/bundle.mjs", path.join(dir, "dist")], { cwd: ROOT });
  expect(status).toBe(0);
  writeFileSync(path.join(dir, "package.json"), '{ "type": "module" }');
  mkdirSync(path.join(dir, "prisma"));
  for (const name of ["node_modules", "prisma/migrations"]) symlinkSync(path.join(ROOT, name), path.join(dir, name));
  return (told: Readonly<Record<string, string>>, ...[command = "", ...args]: string[]) => {
    const { DATABASE_URL: _not, ...others } = process.env;
    const script = [`dist/scripts/${command}.js`, ...args];
    return spawnSync(process.execPath, script, { cwd: dir, env: { ...others, ...told }, encoding: "utf8" });
  };
}

it("do so in the studio's image, where there are no sources", { timeout: 120_000 }, async () => {
  const home = await atHome();
  onTestFinished(home.leave);
  await home.paint(2);
  const before = await home.contents();
  const run = asInImage();
  const { dataDir, dir } = home.places;
  const told = { ARIA_DATA_DIR: dataDir, BACKUP_DIR: dir, DATABASE_URL: home.url };
  const made = JSON.parse(run(told, "backup").stdout);
  expect(made).toMatchObject({ kind: "asked", artworks: 2, folder: path.join(dir, made.id) });
  await home.db.artwork.deleteMany();
  const back = run(told, "restore", "latest");
  const { id, restorePoint } = JSON.parse(back.stdout);
  expect(id).toBe(made.id);
  expect(back.stderr).toContain(`To undo it: node dist/scripts/restore.js ${restorePoint}`);
  expect(await home.contents()).toEqual(before);
  const { DATABASE_URL: _not, ...less } = told;
  expect(run(less, "backup")).toMatchObject({ status: 2, stderr: expect.stringContaining("DATABASE_URL must be set") });
});

it("refuse to go back while Aria runs, and what they do not know", { timeout: 120_000 }, async () => {
  const { dir, remove } = temporaryDataDir();
  onTestFinished(remove);
  expect(call(dir, "restore")).toMatchObject({ status: 2, stderr: expect.stringContaining("usage: npm run restore") });
  expect(call(dir, "backup", "everything")).toMatchObject({ status: 2, stderr: expect.stringContaining("usage:") });
  expect(call(dir, "restore", "../../etc")).toMatchObject({ status: 2, stderr: expect.stringContaining("looks like") });
  expect(call(dir, "restore", "latest")).toMatchObject({ status: 2, stderr: expect.stringContaining("no backup in") });
  const launcher = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)", "start.mjs"]);
  onTestFinished(() => void launcher.kill());
  writeFileSync(path.join(dir, "launcher.pid"), String(launcher.pid));
  expect(call(dir, "restore", "20261122T064418123Z")).toMatchObject({
    status: 2,
    stderr: expect.stringContaining(`Aria already runs on ${dir} (process ${launcher.pid})`),
  });
});

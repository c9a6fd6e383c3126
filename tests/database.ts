import { spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

/** vitest's global set-up: a PostgreSQL of the tests' own, migrated, gone when they end. `TEST_DATABASE_URL` overrides. */
export default async function setup(): Promise<() => Promise<void>> {
  if (process.env.TEST_DATABASE_URL) return async () => {};
  const { startPostgres } = await import("../scripts/launcher/postgres.mjs");
  const root = path.resolve(import.meta.dirname, "..");
  const dataDir = mkdtempSync(path.join(tmpdir(), "aria-tests-"));
  chmodSync(dataDir, 0o755); // as root, PostgreSQL runs as another uid and must pass through
  let stop = async () => {};
  const guard = { add: () => {}, gone: () => {} };
  const onStop = (end: () => Promise<void>) => {
    stop = end;
  };
  const url = await startPostgres({ dataDir, say: () => {}, guard, onStop });
  const env = { ...process.env, DATABASE_URL: url };
  const migrated = spawnSync(process.execPath, [path.join(root, "scripts/migrate.mjs")], { env, encoding: "utf8" });
  if (migrated.status !== 0) throw new Error(`the test database could not be migrated: ${migrated.stderr}`);
  process.env.TEST_DATABASE_URL = url;
  return async () => {
    await stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
}

/** The database of a data folder, for a command: the running Aria's, the operator's, or its own for as long as it takes. */
import fs from "node:fs";
import path from "node:path";
import { startGuard } from "./launch.mjs";
import { addressOf, startPostgres } from "./postgres.mjs";
import { checkDataDir, holdDataDir, holderOf, Refusal } from "./preflight.mjs";

/** What starts a PostgreSQL of Aria's own lies beside this file, and in no bundle. */
const hasOwn = fs.existsSync(path.join(import.meta.dirname, "guard.mjs"));

/**
 * @param {{ dataDir: string, databaseUrl: string | undefined, alone: boolean, say: (line: string) => void }} options
 *   `alone`: throws a Refusal where Aria runs, and keeps her from starting meanwhile.
 * @returns {Promise<{ url: string, leave: () => Promise<void> }>}
 */
export async function reachDatabase({ dataDir, databaseUrl, alone, say }) {
  checkDataDir(dataDir);
  if (!alone && (databaseUrl || holderOf(dataDir) > 0)) {
    return { url: databaseUrl ?? addressOf(dataDir), leave: async () => {} };
  }
  if (!databaseUrl && !hasOwn) throw new Refusal("DATABASE_URL must be set: no PostgreSQL comes with this.");
  const cleanups = [holdDataDir(dataDir)];
  const leave = async () => {
    for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
  };
  if (databaseUrl) return { url: databaseUrl, leave };
  // As the launcher's own: where PostgreSQL runs as another user, it must be able to pass through.
  fs.mkdirSync(dataDir, { recursive: true });
  const guard = startGuard();
  cleanups.push(guard.dismiss);
  try {
    const url = await startPostgres({ dataDir, say, guard, onStop: (end) => cleanups.push(end) });
    return { url, leave };
  } catch (error) {
    await leave();
    throw error;
  }
}

/** Backs Aria up, running or not: rows, pictures and secrets. What it made is said as a line of JSON. */
import path from "node:path";
import { parseArgs } from "node:util";
import { readBackupEnv } from "#server/env.ts";
import { listBackups } from "#server/infra/backups/backup-keeper.ts";
import { backupPlaces, backupPorts } from "#server/infra/backups/backup-ports.ts";
import { verifyBackup } from "#server/infra/backups/verify-backup.ts";
import { makeBackUp } from "#server/services/keep-backups.ts";
import { callOf, command, findBackup, onProgress, say, Usage } from "./backup-command.ts";
import { Refusal } from "./launcher/preflight.mjs";
import { reachDatabase } from "./launcher/reach-database.mjs";

const WAYS = {
  "": "make one",
  list: "those there are, newest first",
  "verify [ID]": "read every byte of one, or of the newest",
};
const widest = callOf("backup", "verify [ID]").length;
const USAGE = `usage: ${Object.entries(WAYS)
  .map(([args, does]) => `${callOf("backup", args).padEnd(widest)}    ${does}`)
  .join("\n       ")}
They lie in BACKUP_DIR, or in "backups" in the data folder. ${callOf("restore", "ID")} goes back to one.`;

async function make(signal: AbortSignal): Promise<void> {
  const env = readBackupEnv(process.env);
  const { url, leave } = await reachDatabase({
    dataDir: env.ARIA_DATA_DIR,
    databaseUrl: process.env.DATABASE_URL,
    alone: false,
    say: (line: string) => console.error(line),
  });
  try {
    const startedAt = performance.now();
    const made = await makeBackUp(backupPorts(env, url))("asked", signal);
    if (!made) throw new Refusal("A backup is being made already, or a restore is under way.");
    const seconds = Number(((performance.now() - startedAt) / 1_000).toFixed(2));
    say({ ...made, seconds, folder: path.join(backupPlaces(env).dir, made.id) });
  } finally {
    await leave();
  }
}

async function verify(asked: string | undefined, signal: AbortSignal): Promise<void> {
  const { dir } = backupPlaces(readBackupEnv(process.env));
  const id = await findBackup(dir, asked);
  const { manifest, faults } = await verifyBackup(dir, id, { onProgress, signal, now: new Date() });
  say({ id, madeAt: manifest.madeAt, sound: faults.length === 0, faults, lost: manifest.lost.length });
  if (faults.length > 0) process.exitCode = 1;
}

await command(async (signal) => {
  const { positionals } = parseArgs({ allowPositionals: true, options: {} });
  const [verb = "make", asked, ...more] = positionals;
  if (more.length > 0 || (asked !== undefined && verb !== "verify")) throw new Usage(USAGE);
  if (verb === "make") return make(signal);
  if (verb === "verify") return verify(asked, signal);
  if (verb !== "list") throw new Usage(USAGE);
  for (const backup of await listBackups(backupPlaces(readBackupEnv(process.env)).dir)) say(backup);
});

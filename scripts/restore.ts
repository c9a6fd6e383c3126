/** Goes back to a backup, or changes nothing. Aria must not run. What came of it is said as a line of JSON. */
import path from "node:path";
import { parseArgs } from "node:util";
import { readBackupEnv } from "#server/env.ts";
import { backupPlaces } from "#server/infra/backups/backup-ports.ts";
import { restoreBackup } from "#server/infra/backups/restore-backup.ts";
import { connect, lock } from "#server/infra/backups/rows.ts";
import { callOf, command, findBackup, onProgress, say, Usage } from "./backup-command.ts";
import { Refusal } from "./launcher/preflight.mjs";
import { reachDatabase } from "./launcher/reach-database.mjs";

const USAGE = `usage: ${callOf("restore", "ID")}      as "${callOf("backup", "list")}" names it, or "latest"
  --without-restore-point   where what there is now cannot be backed up any more, and may be given up`;

const migrationsDir = path.resolve("prisma/migrations");

await command(async (signal) => {
  const options = { "without-restore-point": { type: "boolean", default: false } } as const;
  const { values, positionals } = parseArgs({ allowPositionals: true, options });
  const [asked, ...more] = positionals;
  if (asked === undefined || more.length > 0) throw new Usage(USAGE);
  const env = readBackupEnv(process.env);
  const places = backupPlaces(env);
  const id = await findBackup(places.dir, asked === "latest" ? undefined : asked);
  const { url, leave } = await reachDatabase({
    dataDir: env.ARIA_DATA_DIR,
    databaseUrl: process.env.DATABASE_URL,
    alone: true,
    say: (line: string) => console.error(line),
  });
  const client = await connect(url);
  try {
    if (!(await lock(client))) throw new Refusal("A backup is being made, or another restore is under way.");
    const withRestorePoint = !values["without-restore-point"];
    const startedAt = performance.now();
    const how = { onProgress, signal, now: new Date(), migrationsDir, withRestorePoint };
    const { manifest, restorePoint } = await restoreBackup(client, places, id, how);
    const seconds = Number(((performance.now() - startedAt) / 1_000).toFixed(2));
    const artworks = manifest.tables.find(({ name }) => name === "artworks")?.rows ?? 0;
    say({ id, madeAt: manifest.madeAt, artworks, lost: manifest.lost.length, restorePoint, seconds });
    if (restorePoint) console.error(`To undo it: ${callOf("restore", restorePoint)}`);
  } finally {
    await client.end();
    await leave();
  }
});

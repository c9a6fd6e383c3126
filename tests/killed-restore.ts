/** A restore that is killed with -9 at a certain stage: `killed-restore.ts URL BACKUPS DATA ID STAGE DONE`. */
import path from "node:path";
import { restoreBackup } from "#server/infra/backups/restore-backup.ts";
import { connect, lock } from "#server/infra/backups/rows.ts";
import { fsBlobs } from "#server/infra/blobs/fs-blobs.ts";

const [url = "", dir = "", dataDir = "", id = "", atStage = "", atDone = ""] = process.argv.slice(2);
const client = await connect(url);
if (!(await lock(client))) throw new Error("somebody else has the lock");
const places = { dir, dataDir, blobs: fsBlobs(path.join(dataDir, "blobs")) };
await restoreBackup(client, places, id, {
  now: new Date(),
  migrationsDir: path.resolve(import.meta.dirname, "../prisma/migrations"),
  withRestorePoint: true,
  signal: new AbortController().signal,
  onProgress({ stage, done }) {
    if (stage === atStage && done === Number(atDone)) process.kill(process.pid, "SIGKILL");
  },
});
console.log("restored");
process.exit(0);

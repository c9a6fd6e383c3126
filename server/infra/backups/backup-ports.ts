import path from "node:path";
import type { BackupEnv } from "#server/env.ts";
import { blobsOf } from "#server/infra/blobs/blobs-of.ts";
import type { Ports } from "#server/ports.ts";
import { backupKeeper } from "./backup-keeper.ts";
import type { BackupPlaces } from "./make-backup.ts";

export const backupPlaces = (env: BackupEnv): BackupPlaces => ({
  dir: env.BACKUP_DIR ?? path.join(env.ARIA_DATA_DIR, "backups"),
  dataDir: env.ARIA_DATA_DIR,
  blobs: blobsOf(env),
});

/** All that a command needs to make one, of all that Aria needs. */
export const backupPorts = (
  env: BackupEnv,
  connectionString: string,
): Pick<Ports, "backups" | "retention" | "now"> => ({
  backups: backupKeeper(connectionString, backupPlaces(env)),
  retention: { daily: env.BACKUPS_DAILY, weekly: env.BACKUPS_WEEKLY },
  now: () => new Date(),
});

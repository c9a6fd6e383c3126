import path from "node:path";
import type { BackupEnv } from "#server/env.ts";
import { blobsIn } from "#server/infra/blobs/fs-blobs.ts";
import type { Ports } from "#server/ports.ts";
import { backupKeeper } from "./backup-keeper.ts";
import type { BackupPlaces } from "./make-backup.ts";

export const backupPlaces = ({ ARIA_DATA_DIR: dataDir, BACKUP_DIR: dir }: BackupEnv): BackupPlaces => ({
  dir: dir ?? path.join(dataDir, "backups"),
  dataDir,
  blobs: blobsIn(dataDir),
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

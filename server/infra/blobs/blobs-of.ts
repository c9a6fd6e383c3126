import path from "node:path";
import type { BackupEnv } from "#server/env.ts";
import type { BlobStore } from "#server/ports.ts";
import { blobsIn, THUMBS_FOLDER } from "./fs-blobs.ts";
import { s3Blobs } from "./s3-blobs.ts";

/** Where pictures are kept: in the S3 store that the environment names, else in the data folder. */
export function blobsOf({ ARIA_DATA_DIR, ...env }: BackupEnv, waitMs = 0): BlobStore {
  if (env.S3_URL === undefined) return blobsIn(ARIA_DATA_DIR);
  const { S3_URL: url, S3_REGION: region, S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY } = env;
  const settings = { url, region, accessKeyId: S3_ACCESS_KEY_ID, secretAccessKey: S3_SECRET_ACCESS_KEY };
  return s3Blobs(settings, { derived: path.join(ARIA_DATA_DIR, THUMBS_FOLDER), waitMs });
}

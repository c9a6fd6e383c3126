import { createHash, randomUUID } from "node:crypto";
import { mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { AriaError } from "#contracts/errors.ts";
import type { BlobStore } from "#server/ports.ts";

const HALF_WRITTEN = ".part";

const SWEEP_BATCH = 500;

/**
 * Content-addressed PNG files, `<directory>/<first two hex digits>/<sha256>.png`: written whole or not at all.
 * `derived` is a folder of files made from them, their names beginning with the same address; it is swept alike.
 */
export function fsBlobs(directory: string, derived?: string): BlobStore {
  const fileOf = (sha256: string) => path.join(directory, sha256.slice(0, 2), `${sha256}.png`);
  const write = async (png: Uint8Array) => {
    const sha256 = createHash("sha256").update(png).digest("hex");
    const file = fileOf(sha256);
    const half = `${file}.${randomUUID()}${HALF_WRITTEN}`;
    await mkdir(path.dirname(file), { recursive: true });
    const handle = await open(half, "wx");
    try {
      await handle.writeFile(png);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(half, file);
    await syncDirectory(path.dirname(file));
    return { sha256 };
  };
  return {
    async put(png) {
      try {
        return await write(png);
      } catch (cause) {
        throw new AriaError("UNAVAILABLE", { dependency: "storage" }, { cause });
      }
    },
    async read(sha256) {
      return readFile(fileOf(sha256)).catch((error: NodeJS.ErrnoException) => {
        if (error.code === "ENOENT") return null;
        throw error;
      });
    },
    async sweep(known, minAgeMs) {
      let removed = 0;
      for (const folder of derived === undefined ? [directory] : [directory, derived])
        removed += await sweepFolder(folder, known, minAgeMs);
      return removed;
    },
    async writable() {
      // Tried, for no permission tells of a disk that is full or was mounted to be read.
      const probe = path.join(directory, `${randomUUID()}${HALF_WRITTEN}`);
      return mkdir(directory, { recursive: true })
        .then(() => writeFile(probe, "writable", { flag: "wx" }))
        .then(() => rm(probe))
        .then(
          () => true,
          () => false,
        );
    },
  };
}

/** Under the data folder; made as they are asked for, and swept with the pictures they were made from. */
export const THUMBS_FOLDER = "thumbs";

export const blobsIn = (dataDir: string): BlobStore =>
  fsBlobs(path.join(dataDir, "blobs"), path.join(dataDir, THUMBS_FOLDER));

export const addressOf = (file: string): string => path.basename(file).slice(0, 64);

/** Removes what is old and half written, or of an address that `known` does not give back. Returns how many. */
export async function sweepFolder(
  folder: string,
  known: Parameters<BlobStore["sweep"]>[0],
  minAgeMs: number,
): Promise<number> {
  let removed = 0;
  const old = await filesOlderThan(folder, minAgeMs);
  for (let at = 0; at < old.length; at += SWEEP_BATCH) {
    const batch = old.slice(at, at + SWEEP_BATCH);
    const rows = await known(batch.map(addressOf));
    for (const file of batch) {
      if (!file.endsWith(HALF_WRITTEN) && rows.has(addressOf(file))) continue;
      // Put again since it was listed: its row may be as new.
      const again = await stat(file).catch(() => null);
      if (!again || Date.now() - again.mtimeMs < minAgeMs) continue;
      await rm(file, { force: true });
      removed++;
    }
  }
  return removed;
}

async function filesOlderThan(folder: string, minAgeMs: number): Promise<string[]> {
  const now = Date.now();
  const old: string[] = [];
  for (const name of await readdir(folder, { recursive: true }).catch(() => [])) {
    const file = path.join(folder, name);
    const found = await stat(file).catch(() => null); // another sweep may have been quicker
    if (found?.isFile() && now - found.mtimeMs >= minAgeMs) old.push(file);
  }
  return old;
}

/** A rename is durable only once its directory is. */
async function syncDirectory(dir: string): Promise<void> {
  const handle = await open(dir, "r");
  await handle.sync().finally(() => handle.close());
}

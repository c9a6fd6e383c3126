import { createHash, randomUUID } from "node:crypto";
import { constants } from "node:fs";
import { access, mkdir, open, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import path from "node:path";
import type { BlobStore } from "#server/ports.ts";

const HALF_WRITTEN = ".part";

/** Content-addressed PNG files, `<directory>/<first two hex digits>/<sha256>.png`: written whole or not at all. */
export function fsBlobs(directory: string): BlobStore {
  const fileOf = (sha256: string) => path.join(directory, sha256.slice(0, 2), `${sha256}.png`);
  return {
    async put(png) {
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
    },
    async read(sha256) {
      return readFile(fileOf(sha256)).catch((error: NodeJS.ErrnoException) => {
        if (error.code === "ENOENT") return null;
        throw error;
      });
    },
    async sweep(isKnown, minAgeMs) {
      let removed = 0;
      const now = Date.now();
      for (const name of await readdir(directory, { recursive: true }).catch(() => [])) {
        const file = path.join(directory, name);
        const { mtimeMs, isFile } = await stat(file).then(
          (found) => ({ mtimeMs: found.mtimeMs, isFile: found.isFile() }),
          () => ({ mtimeMs: now, isFile: false }),
        );
        if (!isFile || now - mtimeMs < minAgeMs) continue;
        if (!name.endsWith(HALF_WRITTEN) && (await isKnown(path.basename(name, ".png")))) continue;
        await rm(file, { force: true });
        removed++;
      }
      return removed;
    },
    async writable() {
      return mkdir(directory, { recursive: true })
        .then(() => access(directory, constants.W_OK))
        .then(
          () => true,
          () => false,
        );
    },
  };
}

/** A rename is durable only once its directory is. */
async function syncDirectory(dir: string): Promise<void> {
  const handle = await open(dir, "r");
  await handle.sync().finally(() => handle.close());
}

import { readFile } from "node:fs/promises";
import path from "node:path";
import type { BackupId, BackupManifest, BackupProgress } from "#contracts/backups.ts";
import { isAriaError } from "#contracts/errors.ts";
import {
  keptFile,
  listFile,
  missingIsNull,
  type Picture,
  pictureFile,
  picturesIn,
  readManifest,
  sha256Of,
  sizeAndHashOf,
  tableFile,
  writeVerdict,
} from "./backup-folder.ts";

/** As many files as are read at once; more only make a disk seek. */
export const AT_ONCE = 4;

export interface Told {
  readonly onProgress: (progress: BackupProgress) => void;
  readonly signal: AbortSignal;
}

/** Every one of them, a few at once, in no order. Throws what the first failure threw, and the signal's reason. */
export async function eachOf<T>(
  items: readonly T[],
  { stage, onProgress, signal }: Told & Pick<BackupProgress, "stage">,
  work: (item: T) => Promise<void>,
): Promise<void> {
  let next = 0;
  let done = 0;
  const failed = new AbortController();
  const stop = AbortSignal.any([signal, failed.signal]);
  const worker = async () => {
    for (let item = items[next++]; item !== undefined; item = items[next++]) {
      stop.throwIfAborted();
      await work(item);
      onProgress({ stage, done: ++done, of: items.length });
    }
  };
  const workers = Array.from({ length: AT_ONCE }, () =>
    worker().catch((error: unknown) => {
      failed.abort(error);
      throw error;
    }),
  );
  await Promise.allSettled(workers);
  stop.throwIfAborted();
}

export interface Verified {
  readonly manifest: BackupManifest;
  readonly pictures: readonly Picture[];
  /** What is wrong, each in a sentence; none where every byte is as it was written. */
  readonly faults: readonly string[];
}

/** Reads every byte of it. Throws NOT_FOUND, and INVALID where not even its manifest can be believed. */
export async function verifyBackup(
  dir: string,
  id: BackupId,
  { now, ...told }: Told & { now: Date },
): Promise<Verified> {
  const folder = path.join(dir, id);
  const manifest = await readManifest(dir, id).catch(async (error: unknown) => {
    if (isAriaError(error) && error.code === "INVALID")
      await writeVerdict(folder, { at: now.toISOString(), faults: 1 });
    throw error;
  });
  const faults: string[] = [];
  const list = (await readFile(listFile(folder), "utf8").catch(missingIsNull)) ?? "";
  const isListSound = sha256Of(list) === manifest.pictures.listSha256;
  if (!isListSound) faults.push("The list of its pictures is damaged.");
  const pictures = isListSound ? picturesIn(list) : [];
  const files = [
    ...manifest.tables.map((table) => ({
      ...table,
      file: tableFile(folder, table.name),
      called: `table ${table.name}`,
    })),
    ...manifest.files.map((kept) => ({ ...kept, file: keptFile(folder, kept.name), called: `file ${kept.name}` })),
    ...pictures.map((picture) => ({
      ...picture,
      file: pictureFile(dir, picture.sha256),
      called: `picture ${picture.sha256}`,
    })),
  ];
  await eachOf(files, { ...told, stage: "verifying" }, async ({ file, called, sha256, bytes }) => {
    const found = await sizeAndHashOf(file);
    if (!found) faults.push(`Its ${called} is missing.`);
    else if (found.sha256 !== sha256 || found.bytes !== bytes) faults.push(`Its ${called} is damaged.`);
  });
  await writeVerdict(folder, { at: now.toISOString(), faults: faults.length });
  return { manifest, pictures, faults };
}

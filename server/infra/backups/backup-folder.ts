/**
 * Where backups lie: a folder each, and the pictures of all of them once, under their content address. What is written takes its
 * name when it is whole. Only the owner may read any of it: it holds her secrets.
 */
import { createHash, randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { BackupId, BackupManifest } from "#contracts/backups.ts";
import { AriaError } from "#contracts/errors.ts";

const HALF = ".part";
const PICTURES = "pictures";
const SHA256 = /^[0-9a-f]{64}$/;
const OURS_ALONE = 0o600;

export interface Picture {
  readonly sha256: string;
  readonly bytes: number;
}

export const sha256Of = (bytes: string | Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

export const halfFolder = (dir: string, id: BackupId): string => path.join(dir, `${id}${HALF}`);
export const tableFile = (folder: string, name: string): string => path.join(folder, "tables", `${name}.copy.gz`);
export const pictureFile = (dir: string, sha256: string): string =>
  path.join(dir, PICTURES, sha256.slice(0, 2), `${sha256}.png`);
export const listFile = (folder: string): string => path.join(folder, "pictures.txt");
export const keptFile = (folder: string, name: string): string => path.join(folder, "files", name);
const manifestFile = (folder: string): string => path.join(folder, "manifest.json");
const verdictFile = (folder: string): string => path.join(folder, "verified.json");

export const folderFor = (at: Date): BackupId => BackupId.parse(at.toISOString().replace(/[-:.]/g, ""));

/** Durable, and whole or not there. */
export async function writeWhole(file: string, bytes: string | Uint8Array): Promise<void> {
  const half = `${file}.${randomUUID()}${HALF}`;
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  try {
    await writeFile(half, bytes, { flag: "wx", mode: OURS_ALONE, flush: true });
    await rename(half, file);
  } catch (error) {
    await rm(half, { force: true });
    throw error;
  }
  await syncFolder(path.dirname(file));
}

export async function syncFolder(dir: string): Promise<void> {
  const handle = await open(dir, "r");
  await handle.sync().finally(() => handle.close());
}

/** Null where there is no such file. */
export async function sizeAndHashOf(file: string): Promise<{ bytes: number; sha256: string } | null> {
  const hash = createHash("sha256");
  let bytes = 0;
  try {
    for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) {
      hash.update(chunk);
      bytes += chunk.length;
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
  return { bytes, sha256: hash.digest("hex") };
}

export const listOf = (pictures: readonly Picture[]): string =>
  pictures.map(({ sha256, bytes }) => `${sha256} ${bytes}\n`).join("");

export const picturesIn = (list: string): Picture[] =>
  list
    .split("\n")
    .filter(Boolean)
    .map((line) => ({ sha256: line.slice(0, 64), bytes: Number(line.slice(65)) }));

/** The manifest says of itself what it should hash to. Parsed first: so its fields stand in the schema's order, always. */
function sealed(unordered: BackupManifest): string {
  const manifest = BackupManifest.parse(unordered);
  return JSON.stringify({ sha256: sha256Of(JSON.stringify(manifest)), manifest });
}

/** Throws INVALID where a byte of it is not as it was written. */
function unsealed(text: string, id: BackupId): BackupManifest {
  const read = tryJson(text) as { manifest?: unknown } | null;
  const manifest = BackupManifest.safeParse(read?.manifest);
  const isAsWritten = manifest.success && manifest.data.id === id && sealed(manifest.data) === text;
  if (!isAsWritten)
    throw new AriaError("INVALID", { field: id, reason: "its manifest is damaged, or of a later Aria" });
  return manifest.data;
}

function tryJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null; // as damaged as one that does not hash to what it says
  }
}

export const writeManifest = (folder: string, manifest: BackupManifest): Promise<void> =>
  writeWhole(manifestFile(folder), sealed(manifest));

/** Throws NOT_FOUND, and INVALID where it is damaged. */
export async function readManifest(dir: string, id: BackupId): Promise<BackupManifest> {
  const text = await readFile(manifestFile(path.join(dir, id)), "utf8").catch(missingIsNull);
  if (text === null) throw new AriaError("NOT_FOUND", { kind: "backup", id });
  return unsealed(text, id);
}

export function missingIsNull(error: NodeJS.ErrnoException): null {
  if (error.code !== "ENOENT") throw error;
  return null;
}

/** Newest first; those that broke off, and what else may lie there, are none. */
export async function listIds(dir: string): Promise<BackupId[]> {
  const names = (await readdir(dir).catch(missingIsNull)) ?? [];
  return names
    .filter((name) => BackupId.safeParse(name).success)
    .sort()
    .reverse();
}

interface Verdict {
  readonly at: string;
  readonly faults: number;
}

export const writeVerdict = (folder: string, verdict: Verdict): Promise<void> =>
  writeWhole(verdictFile(folder), JSON.stringify(verdict));

export async function readVerdict(folder: string): Promise<{ at: Date; faults: number } | null> {
  const text = await readFile(verdictFile(folder), "utf8").catch(missingIsNull);
  const verdict = text === null ? null : (tryJson(text) as Partial<Verdict> | null);
  if (typeof verdict?.at !== "string" || typeof verdict.faults !== "number") return null;
  return { at: new Date(verdict.at), faults: verdict.faults };
}

/** What was broken off. Its pictures stay, and need not be brought again. */
export async function sweepHalves(dir: string): Promise<void> {
  for (const name of (await readdir(dir).catch(missingIsNull)) ?? [])
    if (name.endsWith(HALF)) await rm(path.join(dir, name), { recursive: true, force: true });
}

/**
 * Pictures that no backup holds go. Only while nobody makes one. A backup whose list cannot be read may hold any of them: all
 * stay then.
 */
export async function sweepPictures(dir: string): Promise<number> {
  const held = new Set<string>();
  for (const id of await listIds(dir)) {
    const list = await readFile(listFile(path.join(dir, id)), "utf8").catch(missingIsNull);
    if (list === null) return 0;
    for (const { sha256 } of picturesIn(list)) held.add(sha256);
  }
  let removed = 0;
  for (const name of (await readdir(path.join(dir, PICTURES), { recursive: true }).catch(missingIsNull)) ?? []) {
    const file = path.join(dir, PICTURES, name);
    const sha256 = path.basename(name, ".png");
    if ((SHA256.test(sha256) && held.has(sha256)) || !(await stat(file)).isFile()) continue;
    await rm(file, { force: true });
    removed++;
  }
  return removed;
}

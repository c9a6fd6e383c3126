/** A model comes in: listed, looked at, brought to a folder aside, tried there, and only then put among the others. */
import { createHash } from "node:crypto";
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { mkdir, readdir, rename, rm, statfs, writeFile } from "node:fs/promises";
import path from "node:path";
import { AriaError, isAriaError } from "#contracts/errors.ts";
import { ModelId } from "#contracts/generation.ts";
import type { InstallPlan, Precision } from "#contracts/models.ts";
import { RESIDENT_PER_FILE_BYTE } from "#inference/models/model-folder.ts";
import { checkOnnx } from "./check-onnx.ts";
import { checkSafetensors } from "./check-safetensors.ts";
import { INSTALL_FILE, type InstallRecord, readInstallRecord } from "./install-record.ts";
import { refusal } from "./refusal.ts";
import { openSource, type Source, type SourceOptions, sha256Of } from "./sources.ts";
import { type Trial, tryModel } from "./try-model.ts";
import { type Listed, wantedFiles } from "./wanted-files.ts";

export interface InstallOptions extends SourceOptions {
  readonly modelsDir: string;
  readonly id?: string | undefined;
  readonly precision: Precision;
  /** Of the child that tries it. */
  readonly trial: Trial;
}

export type Progress =
  | { readonly kind: "bytes"; readonly done: number; readonly of: number }
  | { readonly kind: "trying" };

const SPARE_BYTES = 500_000_000;
/** What an install itself needs to know. */
type Planned = Omit<InstallPlan, "seconds">;

/** Folders with a dot are no models. */
const ASIDE = ".installing";

export async function planInstall(from: string, options: InstallOptions): Promise<InstallPlan> {
  const source = await openSource(from, options);
  try {
    const plan = await planOf(from, source, options);
    return { ...plan, seconds: plan.bytes / (await bytesPerSecond(source, plan.files)) };
  } finally {
    await source.close();
  }
}

/**
 * Throws INVALID with the file and the reason, and then nothing is left on the disk; CONFLICT where the id is taken.
 * After UNAVAILABLE, or a machine that stopped, the next attempt goes on with what was brought.
 */
export async function install(
  from: string,
  options: InstallOptions,
  onProgress: (progress: Progress) => void,
): Promise<InstallRecord & { readonly id: string }> {
  const source = await openSource(from, options);
  try {
    const plan = await planOf(from, source, options);
    const root = path.join(options.modelsDir, ASIDE);
    await mkdir(root, { recursive: true });
    using _lock = lockInstall(path.join(root, `${plan.id}.lock`), plan.id);
    return await installPlanned(source, plan, options, onProgress);
  } finally {
    await source.close();
    await removeEmpty(path.join(options.modelsDir, ASIDE));
  }
}

async function installPlanned(
  source: Source,
  plan: Planned,
  options: InstallOptions,
  onProgress: (progress: Progress) => void,
): Promise<InstallRecord & { readonly id: string }> {
  // What another version or choice of files left behind is no beginning of this one.
  const print = createHash("sha256")
    .update(JSON.stringify([plan.source, plan.revision, plan.files]))
    .digest("hex");
  const aside = path.join(options.modelsDir, ASIDE, `${plan.id}-${print.slice(0, 16)}`);
  try {
    const brought = await bringAll(source, plan, aside, onProgress);
    onProgress({ kind: "trying" });
    const { residentBytes } = await tryModel(aside, options.trial);
    const record: InstallRecord = {
      source: source.title,
      revision: source.revision,
      licence: source.licence,
      installedAt: new Date().toISOString(),
      files: brought,
      measured: { residentBytes },
    };
    await writeFile(path.join(aside, INSTALL_FILE), `${JSON.stringify(record, null, 1)}\n`);
    await rename(aside, path.join(options.modelsDir, plan.id)).catch((cause: unknown) => {
      throw new AriaError("CONFLICT", { reason: `There is a model called ${plan.id} already.` }, { cause });
    });
    return { ...record, id: plan.id };
  } catch (error) {
    // What broke off is resumed next time; what was refused is gone.
    const mayResume = !isAriaError(error) || error.code === "UNAVAILABLE";
    if (!mayResume) await rm(aside, { recursive: true, force: true });
    throw error;
  }
}

/** One at a time for each id; the lock of a process that is no more counts for nothing. */
function lockInstall(file: string, id: string): Disposable {
  if (existsSync(file) && isAlive(Number(readFileSync(file, "utf8"))))
    throw new AriaError("CONFLICT", { reason: `${id} is being installed already.` });
  writeFileSync(file, String(process.pid));
  return { [Symbol.dispose]: () => rmSync(file, { force: true }) };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return pid !== process.pid;
  } catch {
    return false;
  }
}

async function planOf(from: string, source: Source, { modelsDir, id, precision }: InstallOptions): Promise<Planned> {
  const files = wantedFiles(source.files, precision);
  // None of them is wanted, but one that is not what it says casts doubt on all that lies beside it.
  for (const file of source.files)
    if (file.path.endsWith(".safetensors"))
      await checkSafetensors(file.path, file.bytes, (bytes) => source.head(file, bytes));
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  const name = ModelId.safeParse(id ?? nameOf(from));
  if (!name.success) throw refusal("id", `${name.error.issues[0]?.message ?? "is not usable"}; give one with --id`);
  if (existsSync(path.join(modelsDir, name.data)))
    throw new AriaError("CONFLICT", {
      reason: `There is a model called ${name.data} already; remove it, or give this one another name.`,
    });
  await mkdir(modelsDir, { recursive: true });
  const { bavail, bsize } = await statfs(modelsDir);
  const freeBytes = bavail * bsize;
  if (bytes + SPARE_BYTES > freeBytes)
    throw refusal("source", `needs ${bytes} bytes and some to spare; the disk has ${freeBytes} free`);
  const { title, revision, licence } = source;
  const residentBytes = bytes * RESIDENT_PER_FILE_BYTE;
  return { id: name.data, source: title, revision, licence, files, bytes, freeBytes, residentBytes };
}

const SAMPLE_BYTES = 1_000_000;

async function bytesPerSecond(source: Source, files: readonly Listed[]): Promise<number> {
  const largest = files.reduce((a, b) => (b.bytes > a.bytes ? b : a));
  const startedAt = performance.now();
  const { length } = await source.head(largest, Math.min(SAMPLE_BYTES, largest.bytes));
  return (1_000 * length) / (performance.now() - startedAt);
}

const nameOf = (from: string): string =>
  path
    .basename(from, ".zip")
    .toLowerCase()
    .replaceAll(/[^a-z0-9._-]+/g, "-");

async function bringAll(
  source: Source,
  { files, bytes }: Planned,
  aside: string,
  onProgress: (progress: Progress) => void,
): Promise<InstallRecord["files"]> {
  let done = 0;
  const record: InstallRecord["files"] = {};
  for (const file of files) {
    const to = path.join(aside, file.path);
    if (existsSync(to) && statSync(to).size === file.bytes) done += file.bytes;
    else
      await source.bring(file, to, (count) => {
        done += count;
        onProgress({ kind: "bytes", done, of: bytes });
      });
    const sha256 = await sha256Of(to);
    if (file.sha256 && sha256 !== file.sha256) throw refusal(file.path, "must have the hash that its source tells");
    record[file.path] = { bytes: file.bytes, sha256 };
  }
  for (const { path: name } of files) if (name.endsWith(".onnx")) checkOnnx(path.join(aside, name), name);
  return record;
}

async function removeEmpty(dir: string): Promise<void> {
  if (existsSync(dir) && (await readdir(dir)).length === 0) await rm(dir, { recursive: true });
}

export interface Verified {
  readonly file: string;
  readonly problem: "missing" | "changed" | "added";
}

/** Every file against the hash it was installed with. Throws NOT_FOUND, or INVALID for one that was not installed. */
export async function verifyModel(
  modelsDir: string,
  id: string,
  onProgress: (done: number, of: number) => void = () => {},
): Promise<Verified[]> {
  const dir = modelDir(modelsDir, id);
  const record = await readInstallRecord(dir);
  if (!record) throw refusal("id", `must be an installed model: nothing was written down of how ${id} came here`);
  const problems: Verified[] = [];
  const files = Object.entries(record.files);
  for (const [done, [file, { sha256 }]] of files.entries()) {
    onProgress(done, files.length);
    const at = path.join(dir, file);
    if (!existsSync(at)) problems.push({ file, problem: "missing" });
    else if ((await sha256Of(at)) !== sha256) problems.push({ file, problem: "changed" });
  }
  for (const name of await readdir(dir, { recursive: true })) {
    const file = name.split(path.sep).join("/");
    if (file.endsWith(".onnx") && !(file in record.files)) problems.push({ file, problem: "added" });
  }
  return problems;
}

/** Throws NOT_FOUND, or CONFLICT for the one that Aria brings along. */
export function refuseToRemove(modelsDir: string, id: string, builtIn: string): void {
  modelDir(modelsDir, id);
  if (id === builtIn)
    throw new AriaError("CONFLICT", { reason: `${id} came with Aria and stays: she paints with it.` });
}

/** Throws as `refuseToRemove` does. */
export async function removeModel(modelsDir: string, id: string, builtIn: string): Promise<void> {
  refuseToRemove(modelsDir, id, builtIn);
  const dir = modelDir(modelsDir, id);
  const leaving = path.join(modelsDir, `.removing-${id}`);
  await rm(leaving, { recursive: true, force: true });
  await rename(dir, leaving);
  await rm(leaving, { recursive: true, force: true });
}

/** Throws NOT_FOUND. */
export function modelDir(modelsDir: string, id: string): string {
  const dir = path.join(modelsDir, id);
  if (!ModelId.safeParse(id).success || !existsSync(path.join(dir, "model_index.json")))
    throw new AriaError("NOT_FOUND", { kind: "model", id });
  return dir;
}

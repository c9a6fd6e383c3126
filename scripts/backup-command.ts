/** What `npm run backup` and `npm run restore` have in common: how they are broken off, and how they fail. */
import { BackupId, type BackupProgress } from "#contracts/backups.ts";
import { sentenceFor } from "#contracts/error-sentences.ts";
import { isAriaError } from "#contracts/errors.ts";
import { listBackups } from "#server/infra/backups/backup-keeper.ts";
import { Refusal } from "./launcher/preflight.mjs";

/** A way to call a command that there is not. */
export class Usage extends Error {}

const isBundled = import.meta.filename.endsWith(".js");
/** As a person calls it where this runs: from its source, or from a bundle. */
export const callOf = (name: "backup" | "restore", args = ""): string =>
  (isBundled ? `node dist/scripts/${name}.js ${args}` : `npm run ${name}${args && ` -- ${args}`}`).trimEnd();

export const say = (line: object): void => console.log(JSON.stringify(line));

const TELL_EVERY_MS = 2_000;
let toldAt = Date.now();

/** Whoever waits is told now and then, on standard error. */
export function onProgress({ stage, done, of }: BackupProgress): void {
  if (Date.now() - toldAt < TELL_EVERY_MS) return;
  toldAt = Date.now();
  console.error(`${stage}: ${done} of ${of}`);
}

/** The newest where none is named; not one that only undoes a restore, or a restore called twice would undo itself. */
export async function findBackup(dir: string, asked: string | undefined): Promise<BackupId> {
  if (asked !== undefined) {
    const id = BackupId.safeParse(asked);
    if (id.success) return id.data;
    throw new Usage(
      `A backup's name looks like 20261122T064418123Z; "${callOf("backup", "list")}" says which there are.`,
    );
  }
  const newest = (await listBackups(dir)).find(({ kind }) => kind !== "restore point");
  if (!newest) throw new Refusal(`There is no backup in ${dir}.`);
  return newest.id;
}

/** Exits 2 where it was refused, 1 where it failed: nothing has changed in either case. */
export async function command(work: (signal: AbortSignal) => Promise<void>): Promise<void> {
  const stop = new AbortController();
  const breakOff = () => stop.abort(new Refusal("Broken off, and nothing has changed."));
  for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, breakOff);
  try {
    await work(stop.signal);
    process.exit(process.exitCode ?? 0);
  } catch (error) {
    if (isAriaError(error)) console.error(sentenceFor(error));
    else console.error(error instanceof Refusal || isUsage(error) ? error.message : error);
    process.exit(isAriaError(error) || error instanceof Refusal || isUsage(error) ? 2 : 1);
  }
}

const isUsage = (error: unknown): error is Error =>
  error instanceof Usage || (error as { code?: string }).code?.startsWith("ERR_PARSE_ARGS") === true;

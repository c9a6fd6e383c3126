/** What a model folder says of its own coming: `install.json`, written once. */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";

export const INSTALL_FILE = "install.json";

export const InstallRecord = z.object({
  source: z.string(),
  revision: z.string().nullable(),
  licence: z.string().nullable(),
  installedAt: z.iso.datetime(),
  files: z.record(z.string(), z.object({ bytes: z.int(), sha256: z.string() })),
  /** Found out on this machine, when it was opened for the first time. */
  measured: z.object({ residentBytes: z.int() }),
});
export type InstallRecord = z.infer<typeof InstallRecord>;

/** Null for a model that nobody installed: it was put there, or came with Aria. */
export async function readInstallRecord(dir: string): Promise<InstallRecord | null> {
  const json = await readFile(path.join(dir, INSTALL_FILE), "utf8").catch(() => null);
  return json === null ? null : InstallRecord.parse(JSON.parse(json));
}

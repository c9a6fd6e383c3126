/** What a process holds in memory, as Linux tells of each; null where nobody tells, or it is gone. */
import { readFile } from "node:fs/promises";

const KIB = 1_024;

export async function residentBytesOf(pid: number | undefined): Promise<number | null> {
  if (pid === undefined) return null;
  if (pid === process.pid) return process.memoryUsage.rss();
  const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "");
  const [, kib] = /^VmRSS:\s+(\d+) kB$/m.exec(status) ?? [];
  return kib === undefined ? null : Number(kib) * KIB;
}

import { readFile, statfs } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import type { Machine } from "#server/ports.ts";

/** Where Linux tells a container what it may use (cgroup v2), and what it uses. */
const CGROUP = "/sys/fs/cgroup";

/** The disk that `dataDir` lies on, and the memory that this process may use: its container's where that is limited. */
export function machineOf(dataDir: string, cgroup = CGROUP): Machine {
  const read = (file: string) => readFile(path.join(cgroup, file), "utf8").catch(() => "");
  return {
    residentBytes: () => process.memoryUsage.rss(),
    async freeDiskBytes() {
      const { bavail, bsize } = await statfs(dataDir);
      return bavail * bsize;
    },
    async memory() {
      const totalBytes = Number.parseInt(await read("memory.max"), 10);
      // "max", or no such file: nothing but the machine is the limit.
      if (!(totalBytes < os.totalmem())) return { usedBytes: os.totalmem() - os.freemem(), totalBytes: os.totalmem() };
      const [current, stat] = await Promise.all([read("memory.current"), read("memory.stat")]);
      // What was read from files and not used since is given back when it is wanted, as Kubernetes counts too.
      const idle = Number(/^inactive_file (\d+)$/m.exec(stat)?.[1] ?? 0);
      return { usedBytes: Math.max(0, Number(current) - idle), totalBytes };
    },
  };
}

/** The programs behind a running Aria, found by the data folder they were given. Linux only: it reads /proc. */
import { readdirSync, readFileSync } from "node:fs";

interface Process {
  readonly pid: number;
  readonly commandLine: string;
  readonly env: Readonly<Record<string, string>>;
}

const read = (pid: string, file: string): string[] => {
  try {
    return readFileSync(`/proc/${pid}/${file}`, "utf8").split("\0").filter(Boolean);
  } catch {
    return []; // gone between the listing and the reading, or another's
  }
};

/** Every process whose environment or command line names the folder; not our own. */
export function processesOf(dataDir: string): Process[] {
  const pids = readdirSync("/proc").filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid);
  return pids.flatMap((pid) => {
    const commandLine = read(pid, "cmdline").join(" ");
    const env = Object.fromEntries(read(pid, "environ").map((pair) => pair.split(/=(.*)/s, 2) as [string, string]));
    if (env.ARIA_DATA_DIR !== dataDir && !commandLine.includes(dataDir)) return [];
    return [{ pid: Number(pid), commandLine, env }];
  });
}

export const PROGRAMS = {
  engine: /runtime\/engine\.js/,
  inference: /inference\/main\.js/,
  studio: /server\/studio\.js/,
  web: /scripts\/web\.mjs/,
  postgres: /bin\/postgres -D/,
} as const;
export type Program = keyof typeof PROGRAMS;

export const findProgram = (dataDir: string, program: Program): Process | undefined =>
  processesOf(dataDir).find(({ commandLine }) => PROGRAMS[program].test(commandLine));

/**
 * What a machine does to whoever runs on it: the disk is full, the store can only be read, the database hangs for half a minute, the
 * clock jumps. While it lasts nothing is said to be done that is not; afterwards, with no program started again, she paints.
 * Linux, as root, for it mounts a small disk; with Debian's `faketime` for the clock.
 */
import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { findProgram, PROGRAMS, type Program } from "#tests/aria-processes.ts";
import { booksHold, openUnderFire, type UnderFire } from "./aria-under-fire.ts";
import type { ChaosReport } from "./chaos-report.ts";

const AWAY_MS = 30_000;
/** Half filled by what is painted here: some twenty pictures of 0.6 MB. */
const DISK_BYTES = 32 * 1024 * 1024;
const FAKETIME = "/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1";
const BACK_WITHIN_MS = 60_000;
const SMALL = { count: 2, steps: 12 };

interface Trouble {
  begin(aria: UnderFire): void;
  end(aria: UnderFire): void;
  /** How long it lasts; null: until the order that is being painted is over. */
  readonly forMs: number | null;
  /** What becomes of that order. */
  readonly becomes: "done" | "failed";
  /** Whether /health/ready is to fail while it lasts. */
  readonly isSeen: boolean;
}

const storeOf = (dir: string): string => path.join(dir, "blobs");
const fillerIn = (dir: string): string => path.join(storeOf(dir), "filler");

function command(program: string, ...args: string[]): void {
  const { error, status, stderr } = spawnSync(program, args, { encoding: "utf8" });
  if (error || status !== 0) throw new Error(`${program} ${args.join(" ")}: ${error ?? stderr}`);
}

/** Its backends too. */
function signalDatabase({ dir }: UnderFire, signal: "STOP" | "CONT"): void {
  const pid = String(findProgram(dir, "postgres")?.pid);
  command("kill", `-${signal}`, pid);
  command("pkill", `-${signal}`, "-P", pid);
}

function troublesOf(clock: string): Record<string, Trouble> {
  const jump = (by: string): Trouble => ({
    begin: () => writeFileSync(clock, `${by}\n`),
    end: () => {},
    forMs: null,
    becomes: "done",
    isSeen: false,
  });
  return {
    diskFull: {
      begin: ({ dir }) =>
        void spawnSync("dd", ["if=/dev/zero", `of=${fillerIn(dir)}`, "bs=4096", `count=${DISK_BYTES}`]),
      end: ({ dir }) => rmSync(fillerIn(dir)),
      forMs: null,
      becomes: "failed",
      isSeen: true,
    },
    storeReadOnly: {
      begin: ({ dir }) => command("mount", "-o", "remount,ro", storeOf(dir)),
      end: ({ dir }) => command("mount", "-o", "remount,rw", storeOf(dir)),
      forMs: null,
      becomes: "failed",
      isSeen: true,
    },
    databaseHangs: {
      begin: (aria) => signalDatabase(aria, "STOP"),
      end: (aria) => signalDatabase(aria, "CONT"),
      forMs: AWAY_MS,
      becomes: "done",
      isSeen: true,
    },
    clockADayOn: jump("+1d"),
    clockAnHourBack: jump("-1h"),
  };
}

export async function run(): Promise<ChaosReport> {
  if (!existsSync(FAKETIME)) throw new Error("faketime is not here (Debian: apt-get install faketime)");
  const clockDir = mkdtempSync(path.join(tmpdir(), "clock-"));
  chmodSync(clockDir, 0o755); // the database reads it too, as somebody else
  const clock = path.join(clockDir, "offset");
  writeFileSync(clock, "+0\n");
  const aria = await openUnderFire({
    env: {
      LD_PRELOAD: FAKETIME,
      FAKETIME_TIMESTAMP_FILE: clock,
      FAKETIME_DONT_FAKE_MONOTONIC: "1",
      FAKETIME_NO_CACHE: "1",
    },
    furnish(dir) {
      mkdirSync(storeOf(dir));
      command("mount", "-t", "tmpfs", "-o", `size=${DISK_BYTES},mode=777`, "tmpfs", storeOf(dir));
    },
  });
  const pids = () => Object.keys(PROGRAMS).map((program) => findProgram(aria.dir, program as Program)?.pid);
  try {
    await aria.untilOver(await aria.place(SMALL));
    const before = pids().join();
    const troubles: Record<string, { holds: boolean }> = {};
    for (const [name, trouble] of Object.entries(troublesOf(clock))) {
      troubles[name] = await endure(aria, trouble);
      console.log(JSON.stringify({ [name]: troubles[name] }));
    }
    const isSame = pids().join() === before;
    const books = await aria.books();
    const holds = isSame && booksHold(books) && Object.values(troubles).every((trouble) => trouble.holds);
    return { holds, isSame, troubles, ...books };
  } finally {
    spawnSync("umount", ["-l", storeOf(aria.dir)]);
    await aria.close();
    rmSync(clockDir, { recursive: true, force: true });
  }
}

async function endure(aria: UnderFire, trouble: Trouble) {
  const id = await aria.place(SMALL);
  await untilPainted(aria, id);
  trouble.begin(aria);
  let saw: string;
  try {
    saw = await readiness(aria, trouble.isSeen);
    if (trouble.forMs === null) await aria.untilOver(id);
    else await sleep(trouble.forMs);
  } finally {
    trouble.end(aria);
  }
  const endedAt = performance.now();
  const state = await aria.untilOver(id);
  const next = await aria.untilOver(await aria.place(SMALL));
  const nextMs = Math.round(performance.now() - endedAt);
  const isReadyAgain = await readiness(aria, false);
  const told = (await aria.read(id))?.failureMessage ?? null;
  const holds = state === trouble.becomes && next === "done" && isReadyAgain === "" && (saw !== "") === trouble.isSeen;
  return { holds, state, told, saw, next, nextMs, isReadyAgain };
}

/** Until the first stroke: then a blow falls into the middle of it. */
const untilPainted = (aria: UnderFire, id: string): Promise<void> =>
  new Promise((painted) => {
    const unwatch = aria.watch(id, ({ state, step }) => {
      if (state !== "painting" || step < 1) return;
      unwatch();
      painted();
    });
  });

/** The names of what fails by /health/ready, asked until something does, or nothing. */
async function readiness({ url }: UnderFire, isExpectedToFail: boolean): Promise<string> {
  let failing = "";
  for (const deadline = Date.now() + BACK_WITHIN_MS; Date.now() < deadline; await sleep(500)) {
    const reply = await fetch(`${url}/health/ready`).catch(() => null);
    if (!reply) continue;
    failing = reply.ok ? "" : await reply.text();
    if ((failing !== "") === isExpectedToFail) break;
  }
  return failing;
}

/** An order that kills whoever works on it, among twenty good ones: it is set aside after two attempts at most, and the twenty are done. */
import { setTimeout as sleep } from "node:timers/promises";
import { findProgram } from "#tests/aria-processes.ts";
import { seeded } from "#tests/seeded.ts";
import { booksHold, openUnderFire, type UnderFire } from "./aria-under-fire.ts";
import type { Chaos, ChaosReport } from "./chaos-report.ts";

const GOOD_ONES = 20;
const MOST_ATTEMPTS = 2;
const SMALL = { count: 1, steps: 6 };

export async function run({ seed }: Chaos): Promise<ChaosReport> {
  const aria = await openUnderFire();
  const chance = seeded(seed);
  const reports: Record<string, { holds: boolean }> = {};
  for (const victim of ["studio", "engine"] as const) reports[victim] = await feed(aria, victim, chance);
  const books = await aria.books();
  await aria.close();
  const holds = booksHold(books) && Object.values(reports).every((report) => report.holds);
  return { holds, ...reports, ...books };
}

async function feed(aria: UnderFire, victim: "studio" | "engine", chance: () => number) {
  const at = Math.floor(chance() * (GOOD_ONES + 1));
  const ids: string[] = [];
  for (let i = 0; i <= GOOD_ONES; i++) ids.push(await aria.place(SMALL));
  const poison = ids[at]!;
  let killed = 0;
  let isPainted = false;
  const unwatch = aria.watch(poison, ({ state }) => {
    isPainted = state === "painting";
  });
  for (let [lastPid, lastFence] = [0, -1]; ; await sleep(20)) {
    const order = await aria.read(poison);
    if (order?.state !== "waiting" && order?.state !== "painting") break;
    // A studio is at work on it from its claim on: inference paints on for one that died, and may be done before the next one asks.
    const isBegun = victim === "studio" ? order.fence !== lastFence : isPainted;
    // What gives up after two attempts claims it once more, to say so.
    const isAtWork = order.state === "painting" && isBegun && order.attempts <= MOST_ATTEMPTS;
    const pid = isAtWork ? findProgram(aria.dir, victim)?.pid : undefined;
    if (pid === undefined || pid === lastPid) continue;
    [lastPid, lastFence] = [pid, order.fence];
    isPainted = false;
    process.kill(pid, "SIGKILL");
    killed++;
  }
  unwatch();
  const states = await Promise.all(ids.map((id) => aria.untilOver(id)));
  const order = await aria.read(poison);
  const done = states.filter((state, i) => i !== at && state === "done").length;
  const holds = order?.state === "failed" && killed <= MOST_ATTEMPTS && done === GOOD_ONES;
  return { holds, at, killed, state: order?.state, told: order?.failureMessage, done };
}

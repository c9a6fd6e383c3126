/**
 * Kills the engine, studio, web, PostgreSQL and all at once, each at a moment drawn by the seed from the life of an order: before it is
 * taken, while she thinks, while it is painted or kept, or after. Then every order must be over, none twice, no file without a row
 * and no row without its file; and each time, whatever was killed is back and the painting goes on within ten seconds.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { findProgram, type Program } from "#tests/aria-processes.ts";
import { seeded } from "#tests/seeded.ts";
import { percentile } from "../bench/figures.ts";
import { booksHold, openUnderFire, type UnderFire } from "./aria-under-fire.ts";
import type { Chaos, ChaosReport } from "./chaos-report.ts";

const RESUMED_WITHIN_MS = 10_000;
const UNBROKEN = 3;
/** Some kills come when the order is over. */
const BEYOND = 1.15;

const VICTIMS = {
  engine: { programs: ["engine"], share: 1 },
  studio: { programs: ["studio"], share: 1 },
  web: { programs: ["web"], share: 1 },
  inference: { programs: ["inference"], share: 0.2 },
  postgres: { programs: ["postgres"], share: 0.2 },
  all: { programs: ["engine", "inference", "studio", "web", "postgres"], share: 0.2 },
} as const satisfies Record<string, { programs: readonly Program[]; share: number }>;
type Victim = keyof typeof VICTIMS;

interface Kill {
  readonly victim: Victim;
  /** Share of an unbroken order's life, from when it is placed. */
  readonly at: number;
}

function planOf({ seed, kills }: Chaos): Kill[] {
  const chance = seeded(seed);
  const plan = (Object.keys(VICTIMS) as Victim[]).flatMap((victim) =>
    Array.from({ length: Math.max(1, Math.round(kills * VICTIMS[victim].share)) }, () => ({
      victim,
      at: chance() * BEYOND,
      turn: chance(),
    })),
  );
  return plan.sort((a, b) => a.turn - b.turn);
}

export async function run(chaos: Chaos): Promise<ChaosReport> {
  const aria = await openUnderFire();
  const lives: number[] = [];
  for (let i = 0; i < UNBROKEN; i++) {
    const startedAt = performance.now();
    await aria.untilOver(await aria.place());
    lives.push(performance.now() - startedAt);
  }
  const lifeMs = percentile(lives, 50);
  const resumed: Partial<Record<Victim, number[]>> = {};
  const [late, unfinished]: [object[], object[]] = [[], []];
  for (const [round, kill] of planOf(chaos).entries()) {
    const { resumedMs, state, ...told } = await strike(aria, kill, lifeMs);
    const times = resumed[kill.victim] ?? [];
    resumed[kill.victim] = [...times, resumedMs];
    const line = { round, killed: kill.victim, atShare: Number(kill.at.toFixed(3)), resumedMs, ...told, state };
    if (resumedMs > RESUMED_WITHIN_MS) late.push(line);
    // One kill is no poison.
    if (state !== "done") unfinished.push(line);
    console.log(JSON.stringify(line));
  }
  const books = await aria.books();
  await aria.close();
  const kills = Object.entries(resumed).map(([victim, times]) => ({
    victim,
    kills: times.length,
    resumedMsMedian: percentile(times, 50),
    resumedMsLongest: Math.max(...times),
  }));
  const holds = booksHold(books) && late.length + unfinished.length === 0;
  return { holds, lifeMs: Math.round(lifeMs), kills, late, unfinished, ...books };
}

async function strike(aria: UnderFire, { victim, at }: Kill, lifeMs: number) {
  const programs: readonly Program[] = VICTIMS[victim].programs;
  const placing = aria.place();
  const kill = (async () => {
    await sleep(at * lifeMs);
    const pids = programs.map((program) => findProgram(aria.dir, program)?.pid);
    for (const pid of pids) if (pid !== undefined) process.kill(pid, "SIGKILL");
    return { pids, killedAt: performance.now() };
  })();
  const id = await placing;
  let goesOn = () => {};
  let isBack = false;
  const progressed = new Promise<void>((resolve) => {
    goesOn = resolve;
  });
  const unwatch = aria.watch(id, ({ state }) => isBack && state === "painting" && goesOn());
  const { pids, killedAt } = await kill;
  await Promise.all([
    ...programs.map(async (program, i) => {
      while ((findProgram(aria.dir, program)?.pid ?? pids[i]) === pids[i]) await sleep(25);
    }),
    aria.isStoring(),
    aria.isAnswering(),
  ]);
  const backMs = Math.round(performance.now() - killedAt);
  isBack = true;
  const over = aria.untilOver(id);
  await Promise.race([progressed, over]);
  const resumedMs = Math.round(performance.now() - killedAt);
  const state = await over;
  unwatch();
  return { backMs, resumedMs, overMs: Math.round(performance.now() - killedAt), state };
}

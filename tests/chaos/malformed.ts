/** So many malformed inputs, shared out over every kind, and every path that climbs; each must be refused, and memory stay. */
import { report } from "#tests/bench/figures.ts";
import { openDoors } from "#tests/malformed/doors.ts";
import { climb, KINDS, send } from "#tests/malformed/malformed.ts";
import { wholePictures } from "#tests/malformed/spoil.ts";
import type { Chaos, ChaosReport } from "./chaos-report.ts";

const MOST_GROWTH_MB = 200;
/** What a runtime takes once, for its code and caches, is there before anything is measured. */
const WARM_UP = 40;

/** Inputs for each kill of another run: 10,000 for a hundred. */
const INPUTS = 100;

export async function run({ kills }: Chaos): Promise<ChaosReport> {
  const rounds = kills * INPUTS;
  let crashes = 0;
  const onCrash = (error: unknown) => {
    crashes++;
    console.error("not caught:", error);
  };
  process.on("uncaughtException", onCrash);
  process.on("unhandledRejection", onCrash);
  const doors = await openDoors();
  const whole = await wholePictures();
  const kinds = Object.keys(KINDS);
  for (const kind of kinds) await send(kind, WARM_UP, doors, whole, 0);
  const before = process.memoryUsage().rss;
  let [faults, tried, slowestMs] = [0, 0, 0];
  for (const kind of kinds) {
    const outcome = await send(kind, Math.ceil(rounds / kinds.length), doors, whole, 2);
    tried += outcome.tried;
    faults += outcome.faults.length;
    slowestMs = Math.max(slowestMs, outcome.slowestMs);
    for (const fault of outcome.faults.slice(0, 5)) console.error(fault);
    report(`malformed: ${kind}, tried`, outcome.tried, "count");
    report(`malformed: ${kind}, still in order`, outcome.taken, "count");
    report(`malformed: ${kind}, slowest`, outcome.slowestMs, "ms");
  }
  const climbed = await climb(doors);
  for (const fault of climbed.faults.slice(0, 5)) console.error(fault);
  const grownMb = (process.memoryUsage().rss - before) / 1024 / 1024;
  await doors.close();
  report("malformed: inputs", tried, "count");
  report("malformed: paths that climb, at every door", climbed.tried, "count");
  report("malformed: faults", faults + climbed.faults.length, "count");
  report("malformed: crashes", crashes, "count");
  report("malformed: slowest", Math.max(slowestMs, climbed.slowestMs), "ms");
  report("malformed: memory grown", grownMb, "MB");
  const wrong = faults + climbed.faults.length;
  return { holds: wrong + crashes === 0 && grownMb < MOST_GROWTH_MB, tried, faults: wrong, crashes, grownMb };
}

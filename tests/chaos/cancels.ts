/**
 * Cancels paintings of several seconds at moments drawn at random: each must be over within a step, and the painting
 * after all of them must be the one it would have been. One JSON line at the end, and one for each that took longer.
 */
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { isAriaError } from "#contracts/errors.ts";
import { seeded } from "#tests/seeded.ts";
import type { Chaos, ChaosReport } from "./chaos-report.ts";
import { openEngine } from "./painting-engine.ts";

const LONGEST_WAIT_MS = 1_500;

export async function run({ seed, kills: rounds }: Chaos): Promise<ChaosReport> {
  const chance = seeded(seed);
  const { engine, paint, seen, close } = await openEngine();
  const before = await paint(randomUUID());
  const steps = seen.splice(0);
  let late = 0;
  const delays: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const orderId = randomUUID();
    const painting = paint(orderId).then(
      () => "painted",
      (error: unknown) => (isAriaError(error) ? error.code : String(error)),
    );
    await sleep(chance() * LONGEST_WAIT_MS);
    const [stepsBefore, cancelledAt] = [seen.length, performance.now()];
    engine.cancel(orderId);
    const ended = await painting;
    const stepsAfter = seen.length - stepsBefore;
    delays.push(performance.now() - cancelledAt);
    // The step that was running ends unseen; the one before may still have been on its way here.
    const holds = ended === "painted" || (ended === "CANCELLED" && stepsAfter <= 1);
    if (!holds) {
      late++;
      console.log(JSON.stringify({ round, ended, stepsAfter }));
    }
    seen.length = 0;
  }
  const same = (await paint(randomUUID())) === before;
  const longestMs = Math.round(Math.max(...delays));
  await close();
  const stepsOfAPainting = steps.length;
  return { holds: late === 0 && same, cancels: rounds, late, longestMs, stepsOfAPainting, samePixelsAfter: same };
}

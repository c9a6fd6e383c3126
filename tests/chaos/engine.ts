/**
 * Kills the engine once in each of several paintings, at a moment drawn at random: each must end in the pixels of the
 * one that was left alone, by going on from its last step. One JSON line a kill.
 */
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { seeded } from "#tests/seeded.ts";
import type { Chaos, ChaosReport } from "./chaos-report.ts";
import { openEngine } from "./painting-engine.ts";

export async function run({ seed, kills: rounds }: Chaos): Promise<ChaosReport> {
  const chance = seeded(seed);
  const { engine, paint, seen, close } = await openEngine();
  const unbroken = await paint(randomUUID());
  const glimpses = seen.length;
  let broken = 0;
  for (let round = 0; round < rounds; round++) {
    seen.length = 0;
    const at = 1 + Math.floor(chance() * (glimpses - 2));
    const painting = paint(randomUUID());
    while (seen.length < at) await sleep(1);
    const killedAfter = seen.length;
    process.kill(engine.pid ?? 0, "SIGKILL");
    const isSame = (await painting) === unbroken;
    const paintedTwice = seen.length - glimpses;
    if (!isSame) broken++;
    console.log(JSON.stringify({ round, killedAfter, of: glimpses, paintedTwice, samePixels: isSame }));
  }
  await close();
  return { holds: broken === 0, kills: rounds, broken };
}

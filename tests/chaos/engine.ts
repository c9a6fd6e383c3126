/**
 * Kills the engine once in each of several paintings, at a moment drawn at random: each must end in the pixels of the
 * one that was left alone, by going on from its last step. One JSON line a kill.
 */
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { openEngine } from "./painting-engine.ts";

export async function run(rounds: number): Promise<boolean> {
  const { engine, paint, seen, close } = await openEngine();
  const unbroken = await paint(randomUUID());
  const glimpses = seen.length;
  let broken = 0;
  for (let round = 0; round < rounds; round++) {
    seen.length = 0;
    const at = 1 + Math.floor(Math.random() * (glimpses - 2));
    const painting = paint(randomUUID());
    while (seen.length < at) await sleep(1);
    const killedAfter = seen.length;
    process.kill(engine.pid ?? 0, "SIGKILL");
    const isSame = (await painting) === unbroken;
    const paintedTwice = seen.length - glimpses;
    if (!isSame) broken++;
    console.log(JSON.stringify({ round, killedAfter, of: glimpses, paintedTwice, samePixels: isSame }));
  }
  console.log(JSON.stringify({ kills: rounds, broken }));
  await close();
  return broken === 0;
}

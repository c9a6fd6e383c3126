/**
 * Kills the engine once in each of several paintings, at a moment drawn at random: each must end in the pixels of the
 * one that was left alone, by going on from its last step. One JSON line a kill.
 */
import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { PaintOrder } from "#contracts/generation.ts";
import type { OrderProgress } from "#contracts/generation-events.ts";
import { EngineClient } from "#inference/runtime/engine-client.ts";

const ORDER: Omit<PaintOrder, "orderId"> = {
  modelId: "aria",
  prompt: "a lighthouse in a storm, oil painting",
  negativePrompt: "",
  seeds: [1, 2],
  widthPx: 256,
  heightPx: 256,
  steps: 24,
  guidance: 3,
  sampler: "dpmpp-2m-sde",
  underpainting: 0.6,
};

export async function run(rounds: number): Promise<boolean> {
  const dir = mkdtempSync(path.join(tmpdir(), "aria-chaos-"));
  const seen: OrderProgress[] = [];
  const engine = new EngineClient(
    {
      env: process.env,
      modelsDir: path.resolve("models"),
      threads: availableParallelism(),
      budgetBytes: 8e9,
      preload: "aria",
      checkpointsDir: path.join(dir, "checkpoints"),
      checkpointEveryMs: 0,
    },
    { onProgress: (progress) => seen.push(progress), onStroke: () => {}, onDeath: () => {} },
  );
  const paint = async () => {
    const { candidates } = await engine.paint({ ...ORDER, orderId: randomUUID() });
    return candidates.map(({ png }) => Buffer.from(png).toString("base64")).join();
  };
  const unbroken = await paint();
  const glimpses = seen.length;
  let broken = 0;
  for (let round = 0; round < rounds; round++) {
    seen.length = 0;
    const at = 1 + Math.floor(Math.random() * (glimpses - 2));
    const painting = paint();
    while (seen.length < at) await sleep(1);
    const killedAfter = seen.length;
    process.kill(engine.pid ?? 0, "SIGKILL");
    const isSame = (await painting) === unbroken;
    const paintedTwice = seen.length - glimpses;
    if (!isSame) broken++;
    console.log(JSON.stringify({ round, killedAfter, of: glimpses, paintedTwice, samePixels: isSame }));
  }
  console.log(JSON.stringify({ kills: rounds, broken }));
  await engine.close();
  rmSync(dir, { recursive: true });
  return broken === 0;
}

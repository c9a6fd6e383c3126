/** A real engine child with the built-in painter, and one order to paint with it again and again. */
import { mkdtempSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import path from "node:path";
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
  guidanceStop: 1,
  sampler: "dpmpp-2m-sde",
  scheduleType: "automatic",
  underpainting: 0.6,
};

export async function openEngine() {
  const dir = mkdtempSync(path.join(tmpdir(), "aria-chaos-"));
  const seen: OrderProgress[] = [];
  const engine = new EngineClient(
    {
      env: process.env,
      modelsDir: path.resolve("models"),
      threads: availableParallelism(),
      budgetBytes: 8e9,
      providers: [],
      preload: ORDER.modelId,
      deviceId: 0,
      int8: true,
      dataDir: dir,
      checkpointEveryMs: 0,
    },
    { onProgress: (progress) => seen.push(progress), onStroke: () => {}, onDeath: () => {} },
  );
  return {
    engine,
    seen,
    /** The PNGs, to be compared. */
    async paint(orderId: string): Promise<string> {
      const { candidates } = await engine.paint({ ...ORDER, orderId });
      return candidates.map(({ png }) => Buffer.from(png).toString("base64")).join();
    },
    async close(): Promise<void> {
      await engine.close();
      rmSync(dir, { recursive: true });
    },
  };
}

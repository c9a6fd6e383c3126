import { randomUUID } from "node:crypto";
import type { PaintOrder } from "#contracts/generation.ts";

/** An order that a tiny model paints in milliseconds; not parsed, so that a part may be what inference must refuse. */
export const smallOrder = <Part extends object>(part: Part): PaintOrder & Part => ({
  orderId: randomUUID(),
  modelId: "aria",
  prompt: "a lighthouse",
  negativePrompt: "",
  seeds: [7],
  widthPx: 64,
  heightPx: 64,
  steps: 4,
  guidance: 3,
  guidanceStop: 1,
  sampler: "dpmpp-2m",
  scheduleType: "automatic",
  underpainting: null,
  ...part,
});

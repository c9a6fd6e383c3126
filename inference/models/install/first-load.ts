/**
 * A child that is thrown away: opens a model for the first time and paints one step with it. What goes wrong in native
 * code goes wrong here; what it takes is measured here. Forked by try-model.ts.
 */
import { randomUUID } from "node:crypto";
import { isAriaError } from "#contracts/errors.ts";
import { cardOf, readModelFolder } from "#inference/models/model-folder.ts";
import { paintOrder } from "#inference/pipelines/paint-order.ts";
import { openPipeline } from "#inference/pipelines/pipeline.ts";

export type FirstLoad =
  | { readonly kind: "opened"; readonly residentBytes: number; readonly stepMs: number }
  | { readonly kind: "refused"; readonly reason: string };

const PROBE_PX = 128;

async function load(dir: string, threads: number): Promise<FirstLoad> {
  const folder = await readModelFolder(dir);
  const before = process.memoryUsage.rss();
  const pipeline = await openPipeline(folder, { threads, onProgress: () => {} });
  const { defaults } = cardOf(folder);
  const order = {
    ...defaults,
    orderId: randomUUID(),
    modelId: folder.id,
    prompt: "a quiet sea",
    negativePrompt: "",
    seeds: [0],
    steps: 2,
    widthPx: Math.min(defaults.widthPx, PROBE_PX),
    heightPx: Math.min(defaults.heightPx, PROBE_PX),
    underpainting: null,
  };
  // Random weights may paint grey, and an inpainting model wants a hole: neither is a fault of its files.
  const painted = pipeline.inpaints
    ? null
    : await paintOrder(pipeline, order, { onGlimpse: () => {}, isCancelled: async () => false }).catch(
        (error: unknown) => {
          if (isAriaError(error) && error.code === "GENERATION_FAILED" && error.facts.reason === "blank_picture")
            return null;
          throw error;
        },
      );
  return {
    kind: "opened",
    residentBytes: Math.max(process.memoryUsage.rss() - before, folder.bytes),
    stepMs: (painted?.timingsMs.denoise ?? 0) / order.steps,
  };
}

const [dir = "", threads = "1"] = process.argv.slice(2);
const said = await load(dir, Number(threads)).catch(
  (error: unknown): FirstLoad => ({ kind: "refused", reason: reasonOf(error) }),
);
process.send?.(said, () => process.exit(0));

function reasonOf(error: unknown): string {
  if (!isAriaError(error)) return String(error);
  const cause = error.cause ? `: ${String(error.cause).split("\n")[0]?.slice(0, 200)}` : "";
  return "reason" in error.facts ? `${error.facts.reason}${cause}` : `${error.code}${cause}`;
}

/** What previews cost: the same painting with and without them, turn by turn, in one process. */
import { randomUUID } from "node:crypto";
import { availableParallelism } from "node:os";
import { cardOf, readModelFolder } from "#inference/models/model-folder.ts";
import { paintOrder } from "#inference/pipelines/paint-order.ts";
import { openPipeline } from "#inference/pipelines/pipeline.ts";
import { PreviewFrames } from "#inference/previews/preview-frames.ts";
import { median, report } from "./figures.ts";

const TURNS = 40;
const CANDIDATES = [7, 8, 9];

export async function preview(): Promise<void> {
  const folder = await readModelFolder("models/aria");
  const pipeline = await openPipeline(folder, { threads: availableParallelism(), onProgress: () => {} });
  const order = { ...cardOf(folder).defaults, modelId: folder.id, prompt: "a lighthouse", negativePrompt: "" };
  let frames = 0;

  async function paint(shows: boolean): Promise<{ totalMs: number; firstFrameMs: number }> {
    let begunAt = 0;
    let firstFrameAt = 0;
    const strokes = new PreviewFrames({ map: folder.preview, decode: pipeline.decodeTiny }, () => {
      frames++;
      firstFrameAt ||= performance.now();
    });
    const startedAt = performance.now();
    await paintOrder(
      pipeline,
      { ...order, orderId: randomUUID(), seeds: CANDIDATES },
      {
        onGlimpse: (glimpse) => {
          begunAt ||= performance.now();
          if (shows) strokes.offer(glimpse);
        },
        isCancelled: () => new Promise((resolve) => setImmediate(() => resolve(false))),
      },
    );
    await strokes.flush();
    return { totalMs: performance.now() - startedAt, firstFrameMs: firstFrameAt - begunAt };
  }

  await paint(true);
  frames = 0;
  const times = { shown: [] as number[], plain: [] as number[] };
  const firsts: number[] = [];
  for (let turn = 0; turn < TURNS; turn++) {
    // Whoever goes second finds the caches warm, so they take turns at it.
    const withFirst = turn % 2 === 0;
    const first = await paint(withFirst);
    const second = await paint(!withFirst);
    const [shown, plain] = withFirst ? [first, second] : [second, first];
    times.shown.push(shown.totalMs);
    times.plain.push(plain.totalMs);
    firsts.push(shown.firstFrameMs);
  }
  report("painting with previews over painting without, medians", median(times.shown) / median(times.plain), "ratio");
  report("frames a painting", frames / TURNS, "count");
  report("start of denoising to first frame, median", median(firsts), "ms");
  report("start of denoising to first frame, slowest", Math.max(...firsts), "ms");
  await pipeline.release();
}

/** The last of a painting: its candidates are scored, all in one go, and each PNG is told how it came to be. */
import { createHash } from "node:crypto";
import { type PaintOrder, PaintSettings, type Scores } from "#contracts/generation.ts";
import type { PaintedOrder } from "#inference/pipelines/paint-order.ts";
import { withPngMetadata } from "#inference/png-metadata.ts";
import type { Scorer } from "./scorer.ts";

export interface FinishedCandidate {
  readonly seed: number;
  readonly png: Uint8Array;
  readonly scores: Scores;
}

/** Throws what `score` does. */
export async function finishOrder(
  order: PaintOrder,
  { model, candidates }: PaintedOrder,
  score: Scorer["score"],
): Promise<FinishedCandidate[]> {
  const scores = await score(
    order.prompt,
    candidates.map(({ png }) => png),
  );
  const { prompt, negativePrompt } = order;
  const [sketch = null, mask = null] = [order.sketchPngBase64, order.maskPngBase64].map((png) =>
    png ? createHash("sha256").update(Buffer.from(png, "base64")).digest("hex") : null,
  );
  const shared = { ...PaintSettings.parse(order), prompt, negativePrompt, modelHash: model.hash, int8: model.int8 };
  return candidates.map(({ seed, png, spoken }, i) => {
    const own = scores[i]!;
    return { seed, scores: own, png: withPngMetadata(png, { ...shared, seed, sketch, mask, spoken, scores: own }) };
  });
}

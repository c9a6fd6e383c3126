/** The last of a painting: its candidates are scored, all in one go, and each PNG is told how it came to be. */
import { createHash } from "node:crypto";
import { type PaintOrder, PaintSettings } from "#contracts/generation.ts";
import type { PaintedOrder } from "#inference/pipelines/paint-order.ts";
import { withPngMetadata } from "#inference/png-metadata.ts";
import type { Judgement, Scorer } from "./scorer.ts";

export interface FinishedCandidate {
  readonly seed: number;
  readonly png: Uint8Array;
  readonly judgement: Judgement;
}

/** Throws what `judge` does. */
export async function finishOrder(
  order: PaintOrder,
  { model, candidates }: PaintedOrder,
  judge: Scorer["judge"],
): Promise<FinishedCandidate[]> {
  const judgements = await judge(
    order.prompt,
    candidates.map(({ png }) => png),
  );
  const { prompt, negativePrompt } = order;
  const [sketch = null, mask = null] = [order.sketchPngBase64, order.maskPngBase64].map((png) =>
    png ? createHash("sha256").update(Buffer.from(png, "base64")).digest("hex") : null,
  );
  const shared = { ...PaintSettings.parse(order), prompt, negativePrompt, modelHash: model.hash, int8: model.int8 };
  return candidates.map(({ seed, png, spoken }, i) => {
    const judgement = judgements[i]!;
    const { scores } = judgement;
    return { seed, judgement, png: withPngMetadata(png, { ...shared, seed, sketch, mask, spoken, scores }) };
  });
}

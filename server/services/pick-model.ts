import { AriaError } from "#contracts/errors.ts";
import type { ModelCard } from "#contracts/generation.ts";

/** Throws UNAVAILABLE while no model is known yet. */
export function refuseNone(models: readonly ModelCard[]): void {
  if (models.length > 0) return;
  const reason = "Aria is still waking up. Try again in a moment.";
  throw new AriaError("UNAVAILABLE", { dependency: "inference", reason });
}

/** Throws UNAVAILABLE while no model is known yet, NOT_FOUND, and GENERATION_FAILED for one that cannot be read. */
export function pickModel(models: readonly ModelCard[], id: string): ModelCard {
  refuseNone(models);
  const model = models.find((card) => card.id === id);
  if (!model) throw new AriaError("NOT_FOUND", { kind: "model", id });
  if (model.state === "failed") throw new AriaError("GENERATION_FAILED", { modelId: id, reason: "model_unreadable" });
  return model;
}

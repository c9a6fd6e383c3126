import { AriaError } from "#contracts/errors.ts";
import { type ModelCard, SPACED_SAMPLERS } from "#contracts/generation.ts";
import { DEFAULT_MODEL, type Order, OrderId, type PlaceOrderInput } from "#contracts/order.ts";
import { randomSeed } from "#server/domain/seeds.ts";
import type { Ports } from "#server/ports.ts";

type Deps = Pick<Ports, "generator" | "orders" | "blobs" | "now" | "rng" | "newId">;

/** Fills the gaps from the model's own defaults, so that what is stored is exactly what will be painted. */
export function makePlaceOrder({ generator, orders, blobs, now, rng, newId }: Deps) {
  return async function placeOrder(input: PlaceOrderInput): Promise<Order> {
    if (input.id) {
      const known = await orders.get(input.id);
      if (known) return known;
    }
    const { models } = await generator.health();
    const model = pick(models, input.modelId ?? DEFAULT_MODEL);
    const { defaults } = model;
    const underpainting = input.underpainting === undefined ? defaults.underpainting : input.underpainting;
    refuseOddSampler(model, input);
    if (input.sketch) await refuseUselessSketch(blobs, input.sketch, underpainting);
    return orders.place({
      id: input.id ?? OrderId.parse(newId()),
      prompt: input.prompt,
      negativePrompt: input.negativePrompt,
      count: input.count,
      seed: input.seed ?? randomSeed(rng),
      modelId: model.id,
      widthPx: input.widthPx ?? defaults.widthPx,
      heightPx: input.heightPx ?? defaults.heightPx,
      steps: input.steps ?? defaults.steps,
      guidance: input.guidance ?? defaults.guidance,
      guidanceStop: input.guidanceStop ?? defaults.guidanceStop,
      sampler: input.sampler ?? defaults.sampler,
      scheduleType: input.scheduleType ?? defaults.scheduleType,
      underpainting,
      sketch: input.sketch ?? null,
      createdAt: now(),
    });
  };
}

/** Here rather than when its turn comes: by then nobody may be looking. */
function refuseOddSampler(model: ModelCard, { sampler = model.defaults.sampler, scheduleType }: PlaceOrderInput): void {
  const refuse = (field: string, reason: string) => {
    throw new AriaError("INVALID", { field, reason });
  };
  if (!model.samplers.includes(sampler))
    refuse("sampler", `must be one of ${model.samplers.join(", ")} for ${model.id}`);
  if (scheduleType && scheduleType !== "automatic" && !SPACED_SAMPLERS.includes(sampler))
    refuse("scheduleType", `must be automatic for ${sampler}`);
}

async function refuseUselessSketch(blobs: Deps["blobs"], sketch: string, underpainting: number | null): Promise<void> {
  if (underpainting === null)
    throw new AriaError("INVALID", { field: "underpainting", reason: "must be 0.05 to 1 to paint over a sketch" });
  if (!(await blobs.read(sketch)))
    throw new AriaError("INVALID", { field: "sketch", reason: "is not there any more: send it again" });
}

function pick(models: readonly ModelCard[], id: string): ModelCard {
  if (models.length === 0)
    throw new AriaError("UNAVAILABLE", {
      dependency: "inference",
      reason: "Aria is still waking up. Try again in a moment.",
    });
  const model = models.find((card) => card.id === id);
  if (!model) throw new AriaError("NOT_FOUND", { kind: "model", id });
  if (model.state === "failed") throw new AriaError("GENERATION_FAILED", { modelId: id, reason: "model_unreadable" });
  return model;
}

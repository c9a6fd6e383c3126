import { AriaError } from "#contracts/errors.ts";
import type { ModelCard } from "#contracts/generation.ts";
import { AskedSettings, type Order, OrderId, type PlaceOrderInput } from "#contracts/order.ts";
import { DEFAULT_MODEL, SPACED_SAMPLERS } from "#contracts/terms.ts";
import { randomSeed } from "#server/domain/seeds.ts";
import { settingsFor } from "#server/domain/settings/settle.ts";
import type { Ports } from "#server/ports.ts";
import { findArtist } from "./find-artist.ts";
import { refuseUnsafe } from "./keep-safe.ts";
import { pickModel } from "./pick-model.ts";

/** Of whoever places orders, too. */
export type PlaceDeps = Pick<
  Ports,
  | "artists"
  | "generator"
  | "orders"
  | "blobs"
  | "files"
  | "flags"
  | "tracer"
  | "writer"
  | "now"
  | "rng"
  | "newId"
  | "safety"
>;

/** Fills the gaps from the model's own defaults, so that an order can be shown and refused before she has thought about it. */
export function makePlaceOrder(deps: PlaceDeps) {
  const { artists, generator, orders, tracer, now, rng, newId, safety } = deps;
  return async function placeOrder(input: PlaceOrderInput): Promise<Order> {
    if (input.id) {
      const known = await orders.get(input.id);
      if (known) return known;
    }
    if (input.prompt === "" && input.edited === undefined && !input.enhance)
      throw new AriaError("INVALID", { field: "prompt", reason: "must not be empty where she may add nothing to it" });
    refuseUnsafe(await safety.read(), { ...input, prompt: [input.prompt, input.edited].filter(Boolean).join("\n") });
    const { models } = await generator.health();
    const model = pickModel(models, input.modelId ?? DEFAULT_MODEL);
    const asked = AskedSettings.parse(input);
    const settings = settingsFor(asked, model);
    refuseOddSampler(model, input);
    if (input.sketch) await refuseUselessSketch(deps, input.sketch, settings.underpainting);
    const id = input.id ?? OrderId.parse(newId());
    // What a person has edited is painted word for word.
    const enhance = input.enhance && input.edited === undefined;
    if (enhance) await giveVariants(deps, id);
    return orders.place({
      ...settings,
      id,
      artistId: (await findArtist(artists, input.artistId)).id,
      theme: input.prompt,
      prompt: input.edited ?? input.prompt,
      enhance,
      asked,
      own: input.own ?? false,
      parentId: input.parent?.artworkId ?? null,
      remix: input.parent?.remix ?? null,
      ...(input.piece && { piece: input.piece }),
      negativePrompt: input.negativePrompt,
      count: input.count,
      seed: input.seed ?? randomSeed(rng),
      sketch: input.sketch ?? null,
      traceparent: tracer.currentTraceparent(),
      createdAt: now(),
    });
  };
}

/** Now, while it is known who asks: whoever thinks the order over goes by what it was given. */
async function giveVariants({ flags, writer }: PlaceDeps, id: OrderId): Promise<void> {
  await flags.read("prompt-template", id);
  if (writer) await flags.read("language-model", id);
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

/** Another's picture is no sketch either: painted over thinly, it would be shown. */
async function refuseUselessSketch(
  { blobs, files }: PlaceDeps,
  sketch: string,
  underpainting: number | null,
): Promise<void> {
  if (underpainting === null)
    throw new AriaError("INVALID", { field: "underpainting", reason: "must be 0.05 to 1 to paint over a sketch" });
  if (!(await files.isOwn(sketch)) || !(await blobs.read(sketch)))
    throw new AriaError("INVALID", { field: "sketch", reason: "is not there any more: send it again" });
}

/** Pictures to scheduler-space latents and back, as a model's VAE has it. Pictures are [1, 3, height, width] in -1..1. */
import { z } from "zod";
import type { Session } from "#inference/runtime/session.ts";
import { scale, type Tensor } from "#inference/tensor.ts";

export const VaeConfig = z.looseObject({
  block_out_channels: z.array(z.int()).default([0, 0, 0, 0]),
  scaling_factor: z.number().default(0.18215),
  shift_factor: z.number().nullish(),
});
export type VaeConfig = z.infer<typeof VaeConfig>;

/** Picture pixels a latent cell, along one side. */
export const latentPxOf = ({ block_out_channels }: VaeConfig): number => 2 ** (block_out_channels.length - 1);

export async function decodeWith(decoder: Session, config: VaeConfig, latents: Tensor): Promise<Tensor> {
  const unscaled = scale(1 / config.scaling_factor, latents);
  const input = config.shift_factor ? plus(unscaled, config.shift_factor) : unscaled;
  return firstOf(await decoder.run({ [decoder.inputNames[0] ?? "latent_sample"]: input }), decoder);
}

/**
 * Some encoders give latents, others a Gaussian to draw them from (mean and log-variance, one after the other by
 * channels), as the reference does with the noise of the painting's own generator.
 */
export async function encodeWith(
  encoder: Session,
  config: VaeConfig,
  picture: Tensor,
  drawNoise: () => Tensor,
): Promise<Tensor> {
  const outputs = await encoder.run({ [encoder.inputNames[0] ?? "sample"]: picture });
  const raw = outputs.latent_parameters ? draw(outputs.latent_parameters, drawNoise()) : firstOf(outputs, encoder);
  return scale(config.scaling_factor, config.shift_factor ? plus(raw, -config.shift_factor) : raw);
}

/** diffusers' DiagonalGaussianDistribution: log-variances are held within -30 … 20. */
function draw({ data, dims }: Tensor, noise: Tensor): Tensor {
  const [batch, both, ...sides] = dims as [number, number, ...number[]];
  const half = data.length / 2;
  const spread = (i: number) => Math.fround(Math.exp(0.5 * Math.min(Math.max(data[half + i]!, -30), 20)));
  return {
    data: Float32Array.from({ length: half }, (_, i) => data[i]! + Math.fround(spread(i) * noise.data[i]!)),
    dims: [batch, both / 2, ...sides],
  };
}

const plus = (x: Tensor, shift: number): Tensor => ({ data: x.data.map((value) => value + shift), dims: x.dims });
const firstOf = (outputs: Readonly<Record<string, Tensor>>, session: Session): Tensor =>
  outputs[session.outputNames[0] ?? ""]!;

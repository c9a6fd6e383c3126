/** Pictures to scheduler-space latents and back, as a model's VAE has it. Pictures are [1, 3, height, width] in -1..1. */
import { z } from "zod";
import type { Session } from "#inference/runtime/session.ts";
import { scale, type Tensor } from "#inference/tensor.ts";

export const VaeConfig = z.looseObject({
  block_out_channels: z.array(z.int()).default([0, 0, 0, 0]),
  scaling_factor: z.number().default(0.18215),
  shift_factor: z.number().nullish(),
  /** By channel, where latents were normalised so (Playground v2.5). */
  latents_mean: z.array(z.number()).nullish(),
  latents_std: z.array(z.number()).nullish(),
});
export type VaeConfig = z.infer<typeof VaeConfig>;

/** Picture pixels a latent cell, along one side. */
export const latentPxOf = ({ block_out_channels }: VaeConfig): number => 2 ** (block_out_channels.length - 1);

export async function decodeWith(decoder: Session, config: VaeConfig, latents: Tensor): Promise<Tensor> {
  const unscaled = byChannel(
    scale(1 / config.scaling_factor, latents),
    config,
    (value, mean, std) => value * std + mean,
  );
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
  const unshifted = config.shift_factor ? plus(raw, -config.shift_factor) : raw;
  return scale(
    config.scaling_factor,
    byChannel(unshifted, config, (value, mean, std) => (value - mean) / std),
  );
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

function byChannel(
  x: Tensor,
  { latents_mean: means, latents_std: stds }: VaeConfig,
  to: (value: number, mean: number, std: number) => number,
): Tensor {
  if (!means || !stds) return x;
  const each = x.data.length / x.dims[1]!;
  return {
    data: x.data.map((v, i) => to(v, means[Math.floor(i / each)] ?? 0, stds[Math.floor(i / each)] ?? 1)),
    dims: x.dims,
  };
}

const plus = (x: Tensor, shift: number): Tensor => ({ data: x.data.map((value) => value + shift), dims: x.dims });
const firstOf = (outputs: Readonly<Record<string, Tensor>>, session: Session): Tensor =>
  outputs[session.outputNames[0] ?? ""]!;

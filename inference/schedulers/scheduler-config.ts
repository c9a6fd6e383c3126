/**
 * What a model's scheduler_config.json may say, one schema a sampler: unknown keys are ignored, a missing key has the
 * default of the diffusers class (0.40), and a setting whose arithmetic we do not have is refused, never passed over.
 */
import { z } from "zod";
import { AriaError } from "#contracts/errors.ts";

/** DDPM, Ho et al. 2020; most diffusers classes default to it. */
const PIXEL_BETAS = { beta_start: 0.0001, beta_end: 0.02, beta_schedule: "linear" } as const;
/** Stable Diffusion 1.x, 2.x and SDXL. */
const LATENT_BETAS = { beta_start: 0.00085, beta_end: 0.012, beta_schedule: "scaled_linear" } as const;

const common = (
  betas: typeof PIXEL_BETAS | typeof LATENT_BETAS,
  timestepSpacing: "leading" | "linspace" | "trailing",
) => ({
  _class_name: z.string().optional(),
  num_train_timesteps: z.int().min(1).max(100_000).default(1000),
  beta_start: z.number().positive().default(betas.beta_start),
  beta_end: z.number().positive().default(betas.beta_end),
  beta_schedule: z.enum(["linear", "scaled_linear", "squaredcos_cap_v2"]).default(betas.beta_schedule),
  trained_betas: z.array(z.number()).min(1).optional(),
  prediction_type: z.enum(["epsilon", "v_prediction", "sample"]).default("epsilon"),
  rescale_betas_zero_snr: z.boolean().default(false),
  timestep_spacing: z.enum(["leading", "linspace", "trailing"]).default(timestepSpacing),
  steps_offset: z.int().min(0).default(0),
});

const clipping = {
  /** Bound for x₀ where `clip_sample` is set. */
  clip_sample_range: z.number().positive().default(1),
  /** Whether the last step looks for ᾱ = 1 (no noise left) or for ᾱ₀. */
  set_alpha_to_one: z.boolean().default(true),
  thresholding: z.literal(false).default(false),
};

const sigmas = {
  use_karras_sigmas: z.boolean().default(false),
  use_exponential_sigmas: z.boolean().default(false),
  use_beta_sigmas: z.literal(false).default(false),
  final_sigmas_type: z.enum(["zero", "sigma_min"]).default("zero"),
};

export const DdimConfig = z.object({
  ...common(PIXEL_BETAS, "leading"),
  ...clipping,
  clip_sample: z.boolean().optional(),
});
export type DdimConfig = z.infer<typeof DdimConfig>;

export const EulerConfig = z.object({
  ...common(PIXEL_BETAS, "linspace"),
  ...sigmas,
  interpolation_type: z.literal("linear").default("linear"),
  timestep_type: z.literal("discrete").default("discrete"),
});
export type EulerConfig = z.infer<typeof EulerConfig>;

export const Dpmpp2mConfig = z.object({
  ...common(PIXEL_BETAS, "linspace"),
  ...sigmas,
  solver_order: z.literal(2).default(2),
  solver_type: z.enum(["midpoint", "heun"]).default("midpoint"),
  algorithm_type: z.literal("dpmsolver++").default("dpmsolver++"),
  lower_order_final: z.boolean().default(true),
  euler_at_final: z.boolean().default(false),
  /** Timesteps whose log-SNR λ is below it are never visited. JSON has no infinity, so it is spelled as a word. */
  lambda_min_clipped: z.union([z.literal("-inf").transform(() => -Infinity), z.number()]).default(-Infinity),
  thresholding: z.literal(false).default(false),
  use_lu_lambdas: z.literal(false).default(false),
  use_flow_sigmas: z.literal(false).default(false),
});
export type Dpmpp2mConfig = z.infer<typeof Dpmpp2mConfig>;

export const LcmConfig = z.object({
  ...common(LATENT_BETAS, "leading"),
  ...clipping,
  clip_sample: z.boolean().default(false),
  /** Length of the teacher's schedule: no run can have more steps. */
  original_inference_steps: z.int().min(1).default(50),
  timestep_scaling: z.number().positive().default(10),
});
export type LcmConfig = z.infer<typeof LcmConfig>;

/** `json` is the parsed file. A null there means "not set", as in Python. */
export function parseSchedulerConfig<S extends z.ZodType>(schema: S, json: unknown): z.output<S> {
  const set = z.record(z.string(), z.unknown()).parse(json);
  const config = schema.safeParse(Object.fromEntries(Object.entries(set).filter(([, value]) => value !== null)));
  if (config.success) return config.data;
  const [issue] = config.error.issues;
  throw new AriaError("INVALID", {
    field: `scheduler_config.${issue?.path.join(".") ?? ""}`,
    reason: issue?.message ?? "is not usable",
  });
}

/**
 * What a model's scheduler_config.json may say, one schema a sampler: unknown keys are ignored, a missing key has the
 * default of the diffusers class (0.42), and a setting whose arithmetic we do not have is refused, never passed over.
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

const thresholding = {
  thresholding: z.boolean().default(false),
  dynamic_thresholding_ratio: z.number().min(0).max(1).default(0.995),
  sample_max_value: z.number().min(1).default(1),
};

const clipping = {
  ...thresholding,
  /** Bound for x₀ where `clip_sample` is set. */
  clip_sample_range: z.number().positive().default(1),
  /** Whether the last step looks for ᾱ = 1 (no noise left) or for ᾱ₀. */
  set_alpha_to_one: z.boolean().default(true),
};

const ladder = {
  use_karras_sigmas: z.boolean().default(false),
  use_exponential_sigmas: z.boolean().default(false),
  use_beta_sigmas: z.boolean().default(false),
};

const sigmas = { ...ladder, final_sigmas_type: z.enum(["zero", "sigma_min"]).default("zero") };

/** Straight paths instead of the beta schedule, for models of flow matching. */
const flow = {
  prediction_type: z.enum(["epsilon", "v_prediction", "sample", "flow_prediction"]).default("epsilon"),
  use_flow_sigmas: z.boolean().default(false),
  flow_shift: z.number().positive().default(1),
  use_dynamic_shifting: z.literal(false).default(false),
};

/** Share of fresh noise in every step: no key of the reference's files, but an argument of its `step`. */
const eta = (usual: number) => z.number().min(0).max(1).default(usual);

export const DdimConfig = z.object({
  ...common(PIXEL_BETAS, "leading"),
  ...clipping,
  /** The class's own default, made for pictures rather than latents: the files of latent models turn it off. */
  clip_sample: z.boolean().default(true),
  eta: eta(0),
});
export type DdimConfig = z.infer<typeof DdimConfig>;

export const PndmConfig = z.object({
  ...common(PIXEL_BETAS, "leading"),
  prediction_type: z.enum(["epsilon", "v_prediction"]).default("epsilon"),
  set_alpha_to_one: z.boolean().default(false),
  /** Without it the first four steps are Runge-Kutta's, of four model calls each. */
  skip_prk_steps: z.boolean().default(false),
});
export type PndmConfig = z.infer<typeof PndmConfig>;

export const EulerConfig = z.object({
  ...common(PIXEL_BETAS, "linspace"),
  ...sigmas,
  interpolation_type: z.enum(["linear", "log_linear"]).default("linear"),
  timestep_type: z.literal("discrete").default("discrete"),
  sigma_min: z.number().positive().optional(),
  sigma_max: z.number().positive().optional(),
});
export type EulerConfig = z.infer<typeof EulerConfig>;

export const EulerAncestralConfig = z.object({
  ...common(PIXEL_BETAS, "linspace"),
  prediction_type: z.enum(["epsilon", "v_prediction"]).default("epsilon"),
});
export type EulerAncestralConfig = z.infer<typeof EulerAncestralConfig>;

/** Solvers that other classes of the family go by, where they mean the usual one. */
const renamed = <const T extends string>(names: readonly T[], others: readonly string[], usual: NoInfer<T>) =>
  z
    .string()
    .default(usual)
    .transform((name, context) => {
      if ((names as readonly string[]).includes(name)) return name as T;
      if (others.includes(name)) return usual;
      context.addIssue({ code: "custom", message: `must be ${names.join(" or ")}` });
      return z.NEVER;
    });

export const DpmSolverConfig = z.object({
  ...common(PIXEL_BETAS, "linspace"),
  ...sigmas,
  ...thresholding,
  ...flow,
  solver_order: z.int().min(1).max(3).default(2),
  solver_type: renamed(["midpoint", "heun"], ["logrho", "bh1", "bh2"], "midpoint"),
  algorithm_type: renamed(["dpmsolver++", "dpmsolver", "sde-dpmsolver++", "sde-dpmsolver"], ["deis"], "dpmsolver++"),
  lower_order_final: z.boolean().default(true),
  euler_at_final: z.boolean().default(false),
  /** Timesteps whose log-SNR λ is below it are never visited. JSON has no infinity, so it is spelled as a word. */
  lambda_min_clipped: z.union([z.literal("-inf").transform(() => -Infinity), z.number()]).default(-Infinity),
  use_lu_lambdas: z.boolean().default(false),
  /** A model that predicts a variance as well has twice the channels. */
  variance_type: z.literal("fixed_small").optional(),
});
export type DpmSolverConfig = z.infer<typeof DpmSolverConfig>;

export const UniPcConfig = z.object({
  ...common(PIXEL_BETAS, "linspace"),
  ...sigmas,
  ...thresholding,
  ...flow,
  solver_order: z.int().min(1).max(3).default(2),
  solver_type: renamed(["bh2", "bh1"], ["midpoint", "heun", "logrho"], "bh2"),
  predict_x0: z.boolean().default(true),
  lower_order_final: z.boolean().default(true),
  /** Steps whose result is not corrected afterwards. */
  disable_corrector: z.array(z.int()).default([]),
});
export type UniPcConfig = z.infer<typeof UniPcConfig>;

const distilled = {
  /** Length of the teacher's schedule: no run can have more steps. */
  original_inference_steps: z.int().min(1).default(50),
};

export const LcmConfig = z.object({
  ...common(LATENT_BETAS, "leading"),
  ...clipping,
  clip_sample: z.boolean().default(false),
  ...distilled,
  timestep_scaling: z.number().positive().default(10),
});
export type LcmConfig = z.infer<typeof LcmConfig>;

export const TcdConfig = z.object({ ...common(LATENT_BETAS, "leading"), ...distilled, eta: eta(0.3) });
export type TcdConfig = z.infer<typeof TcdConfig>;

export const FlowEulerConfig = z.object({
  num_train_timesteps: common(PIXEL_BETAS, "leading").num_train_timesteps,
  ...ladder,
  shift: z.number().positive().default(1),
  /** The shift depends on the size of the picture, through `mu`. */
  use_dynamic_shifting: z.boolean().default(false),
  mu: z.number().optional(),
  time_shift_type: z.enum(["exponential", "linear"]).default("exponential"),
  /** The last level, where the schedule is stretched to end there. */
  shift_terminal: z.number().positive().max(0.99).optional(),
  stochastic_sampling: z.boolean().default(false),
  invert_sigmas: z.literal(false).default(false),
});
export type FlowEulerConfig = z.infer<typeof FlowEulerConfig>;

/** `json` is the parsed file. A null there means "not set", as in Python. */
export function parseSchedulerConfig<S extends z.ZodType>(schema: S, json: unknown): z.output<S> {
  const set = z.record(z.string(), z.unknown()).parse(json);
  const config = schema.safeParse(Object.fromEntries(Object.entries(set).filter(([, value]) => value != null)));
  if (config.success) return config.data;
  const [issue] = config.error.issues;
  throw new AriaError("INVALID", {
    field: `scheduler_config.${issue?.path.join(".") ?? ""}`,
    reason: issue?.message ?? "is not usable",
  });
}

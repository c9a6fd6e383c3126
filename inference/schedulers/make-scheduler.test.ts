import { expect, it } from "vitest";
import { Sampler, ScheduleType } from "#contracts/generation.ts";
import type { Tensor } from "#inference/tensor.ts";
import { makeScheduler, samplersFor, spacedBy } from "./make-scheduler.ts";
import { startIndex } from "./scheduler.ts";

/** As Stable Diffusion 1.5 ships it: saved by another class, with nulls and with keys no sampler of ours reads. */
const PNDM_FILE = {
  _class_name: "PNDMScheduler",
  _diffusers_version: "0.6.0",
  beta_end: 0.012,
  beta_schedule: "scaled_linear",
  beta_start: 0.00085,
  set_alpha_to_one: false,
  skip_prk_steps: true,
  steps_offset: 1,
  trained_betas: null,
};
const of = (value: number): Tensor => ({ data: Float32Array.of(value), dims: [1] });

it.each(Sampler.options.filter((sampler) => sampler !== "flow-euler"))(
  "lets %s drive a model saved with another class",
  (sampler) => {
    expect(makeScheduler(sampler, PNDM_FILE, 4).timesteps).toHaveLength(sampler === "pndm" ? 5 : 4);
  },
);

it("clips x₀ with DDIM unless the file says otherwise, as the reference does whatever class it was saved by", () => {
  const guessFrom = (config: object) => makeScheduler("ddim", { ...config, prediction_type: "sample" }, 4);
  expect(guessFrom(PNDM_FILE).step(of(3), 0, of(0)).clean.data[0]).toBe(1);
  expect(guessFrom({ ...PNDM_FILE, clip_sample: false }).step(of(3), 0, of(0)).clean.data[0]).toBe(3);
});

it("stretches the schedule to pure noise where zero terminal SNR is asked for", () => {
  const config = { ...PNDM_FILE, rescale_betas_zero_snr: true, timestep_spacing: "trailing" };
  expect(makeScheduler("ddim", config, 4).addNoise(of(1), of(0), 0).data[0]).toBe(0);
  expect(makeScheduler("euler", config, 4).initNoiseSigma).toBeCloseTo(4096, 0);
});

it("starts the last of Karras' and the exponential levels where the schedule ends", () => {
  for (const ladder of ["use_karras_sigmas", "use_exponential_sigmas"]) {
    const { timesteps } = makeScheduler("dpmpp-2m", { ...PNDM_FILE, [ladder]: true }, 10);
    expect(timesteps[0]).toBeGreaterThanOrEqual(998);
    expect(timesteps.at(-1)).toBe(0);
  }
});

it("refuses an LCM longer than its teacher's schedule, and arithmetic it does not have", () => {
  expect(() => makeScheduler("lcm", PNDM_FILE, 51)).toThrow(/INVALID.*"steps".*from 1 to 50/);
  expect(() => makeScheduler("dpmpp-2m", { ...PNDM_FILE, algorithm_type: "heun" }, 4)).toThrow(
    /INVALID.*scheduler_config\.algorithm_type/,
  );
  const both = { ...PNDM_FILE, use_karras_sigmas: true, use_beta_sigmas: true };
  expect(() => makeScheduler("euler", both, 4)).toThrow(/INVALID.*use_karras_sigmas.*only one/);
  const shifting = { use_dynamic_shifting: true };
  expect(() => makeScheduler("flow-euler", shifting, 4)).toThrow(/INVALID.*scheduler_config\.mu/);
  expect(() => makeScheduler("lcm", PNDM_FILE, 4).step(of(0), 0, of(0))).toThrow(/INVALID.*drawNoise/);
});

it("spaces the noise levels as an order asks, and says for which samplers there are none", () => {
  const file = { ...PNDM_FILE, use_exponential_sigmas: true };
  const spaced = (scheduleType: ScheduleType) =>
    makeScheduler("euler", spacedBy(file, { sampler: "euler", scheduleType }), 8).timesteps;
  const asKarras = makeScheduler("euler", { ...PNDM_FILE, use_karras_sigmas: true }, 8).timesteps;
  expect(spaced("karras")).toEqual(asKarras);
  expect(spaced("automatic")).toEqual(spaced("exponential"));
  expect(new Set(ScheduleType.options.map((type) => String(spaced(type)))).size).toBe(3);
  expect(() => spacedBy(file, { sampler: "ddim", scheduleType: "karras" })).toThrow(/scheduleType.*automatic for ddim/);
});

it("offers a model the samplers it was made for", () => {
  expect(samplersFor(PNDM_FILE)).not.toContain("lcm");
  expect(samplersFor({ ...PNDM_FILE, prediction_type: "sample" })).not.toContain("pndm");
  expect(samplersFor({ _class_name: "LCMScheduler" })).toEqual(["lcm", "tcd"]);
  expect(samplersFor({ _class_name: "FlowMatchEulerDiscreteScheduler" })).toEqual(["flow-euler"]);
});

it("paints over the share of the steps that the strength says, and never none", () => {
  expect(startIndex(20, 1)).toBe(0);
  expect(startIndex(20, 0.6)).toBe(8);
  expect(startIndex(4, 0.05)).toBe(3);
});

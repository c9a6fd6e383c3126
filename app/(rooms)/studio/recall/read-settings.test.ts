import { expect, it } from "vitest";
import { readSettings } from "./read-settings.ts";

it("reads Aria's own, all of it", () => {
  const told = {
    prompt: "a lake",
    negativePrompt: "",
    seed: 7,
    steps: 8,
    guidance: 3.5,
    sampler: "dpmpp-2m",
    modelId: "aria",
    widthPx: 512,
    heightPx: 512,
  };
  const aria = JSON.stringify({ schemaVersion: 5, ...told });
  const parameters = "a lake\nSteps: 1";
  expect(readSettings({ aria, parameters })).toEqual({ source: "Aria", ...told, unknown: [] });
});

it("reads AUTOMATIC1111's text, with lines and commas where they may be", () => {
  const parameters = `a castle, (gold:1.2)\nby the sea\nNegative prompt: blurry,\nugly\nSteps: 25, Sampler: DPM++ 2M Karras, CFG scale: 6.5, Seed: 12345, Size: 512x768, Model hash: 6ce0161689, Model: v1-5, Lora hashes: "a: 1, b: 2", Version: v1.6.0`;
  expect(readSettings({ parameters })).toEqual({
    source: "AUTOMATIC1111",
    prompt: "a castle, (gold:1.2)\nby the sea",
    negativePrompt: "blurry,\nugly",
    steps: 25,
    sampler: "dpmpp-2m",
    scheduleType: "karras",
    guidance: 6.5,
    seed: 12345,
    widthPx: 512,
    heightPx: 768,
    unknown: [],
  });
  expect(
    readSettings({ parameters: "x\nSteps: 20, Sampler: Euler a, Schedule type: Automatic, Seed: 1" }),
  ).toMatchObject({ sampler: "euler-ancestral" });
  expect(readSettings({ parameters: "x\nSteps: 20, Sampler: DPM adaptive, Seed: 1" })).toMatchObject({
    unknown: ["DPM adaptive"],
  });
});

it("follows ComfyUI's graph from the sampler to the words", () => {
  const prompt = JSON.stringify({
    3: {
      class_type: "KSampler",
      inputs: {
        seed: 42,
        steps: 20,
        cfg: 8,
        sampler_name: "euler_ancestral",
        scheduler: "normal",
        positive: ["10", 0],
        negative: ["7", 0],
        latent_image: ["5", 0],
        model: ["4", 0],
      },
    },
    5: { class_type: "EmptyLatentImage", inputs: { width: 640, height: 512, batch_size: 1 } },
    6: { class_type: "CLIPTextEncode", inputs: { text: "a fox in snow", clip: ["4", 1] } },
    7: { class_type: "CLIPTextEncode", inputs: { text: "text, watermark", clip: ["4", 1] } },
    10: { class_type: "ConditioningSetArea", inputs: { conditioning: ["6", 0], strength: 1 } },
  });
  expect(readSettings({ prompt, workflow: "{}" })).toEqual({
    source: "ComfyUI",
    prompt: "a fox in snow",
    negativePrompt: "text, watermark",
    seed: 42,
    steps: 20,
    guidance: 8,
    sampler: "euler-ancestral",
    widthPx: 640,
    heightPx: 512,
    unknown: [],
  });
  const loop = JSON.stringify({
    1: { class_type: "KSampler", inputs: { positive: ["2", 0], negative: ["2", 0] } },
    2: { class_type: "X", inputs: { conditioning: ["2", 0] } },
  });
  expect(readSettings({ prompt: loop })).toMatchObject({ prompt: "", source: "ComfyUI" });
});

it("reads InvokeAI's", () => {
  const invokeai_metadata = JSON.stringify({
    positive_prompt: "a boat",
    negative_prompt: null,
    seed: 3,
    steps: 30,
    cfg_scale: 7.5,
    scheduler: "dpmpp_2m_k",
    width: 768,
    height: 512,
    model: { name: "x" },
  });
  expect(readSettings({ invokeai_metadata })).toEqual({
    source: "InvokeAI",
    prompt: "a boat",
    negativePrompt: "",
    seed: 3,
    steps: 30,
    guidance: 7.5,
    sampler: "dpmpp-2m",
    scheduleType: "karras",
    widthPx: 768,
    heightPx: 512,
    unknown: [],
  });
});

it("says that it found nothing in what is no such text", () => {
  for (const texts of [
    {},
    { parameters: "hello" },
    { prompt: "not json" },
    { prompt: "{}" },
    { aria: "[1,2" },
    { Comment: "Created with GIMP" },
  ])
    expect(readSettings(texts as Record<string, string>)).toBeNull();
});

/**
 * What a picture says of how it was made: Aria's own JSON; the `parameters` text of AUTOMATIC1111 and all who follow it; the
 * graphs of ComfyUI; the metadata of InvokeAI. Whatever is not understood is left out, and named.
 */
import { z } from "zod";
import type { Sampler } from "#contracts/generation.ts";
import { samplerCalled } from "#contracts/sampler-names.ts";

export interface Recalled {
  readonly source: "Aria" | "AUTOMATIC1111" | "ComfyUI" | "InvokeAI";
  readonly prompt: string;
  readonly negativePrompt: string;
  readonly seed?: number;
  readonly steps?: number;
  readonly guidance?: number;
  readonly sampler?: Sampler;
  readonly scheduleType?: "karras";
  readonly modelId?: string;
  readonly widthPx?: number;
  readonly heightPx?: number;
  /** Named by the picture, and unknown here. */
  readonly unknown: readonly string[];
}

const Own = z.looseObject({
  prompt: z.string(),
  negativePrompt: z.string().default(""),
  seed: z.number().optional(),
  steps: z.number().optional(),
  guidance: z.number().optional(),
  sampler: z.string().optional(),
  modelId: z.string().optional(),
  widthPx: z.number().optional(),
  heightPx: z.number().optional(),
});
const Invoke = z.looseObject({
  positive_prompt: z.string(),
  negative_prompt: z.string().nullish(),
  seed: z.number().optional(),
  steps: z.number().optional(),
  cfg_scale: z.number().optional(),
  scheduler: z.string().optional(),
  width: z.number().optional(),
  height: z.number().optional(),
});
const Nodes = z.record(
  z.string(),
  z.looseObject({ class_type: z.string(), inputs: z.record(z.string(), z.unknown()) }),
);
type Nodes = z.infer<typeof Nodes>;

function samplerOf(name: string | undefined): Pick<Recalled, "sampler" | "scheduleType" | "unknown"> {
  if (!name) return { unknown: [] };
  const spelt = samplerCalled(name);
  return spelt ? { ...spelt, unknown: [] } : { unknown: [name] };
}

/** Drops what is not there. */
const told = <T extends object>(parts: T): T =>
  Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined)) as T;

function jsonOf(text: string | undefined): unknown {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** `texts`: a PNG's text chunks by keyword, or what another format has in their place. Null: it says nothing of it. */
export function readSettings(texts: Readonly<Record<string, string>>): Recalled | null {
  const own = Own.safeParse(jsonOf(texts.aria));
  if (own.success) {
    const { prompt, negativePrompt, seed, steps, guidance, sampler, modelId, widthPx, heightPx } = own.data;
    return told({
      source: "Aria",
      prompt,
      negativePrompt,
      seed,
      steps,
      guidance,
      modelId,
      widthPx,
      heightPx,
      ...samplerOf(sampler),
    }) as Recalled;
  }
  const invoke = Invoke.safeParse(jsonOf(texts.invokeai_metadata));
  if (invoke.success) {
    const {
      positive_prompt: prompt,
      negative_prompt,
      seed,
      steps,
      cfg_scale: guidance,
      scheduler,
      width,
      height,
    } = invoke.data;
    const shared = {
      prompt,
      negativePrompt: negative_prompt ?? "",
      seed,
      steps,
      guidance,
      widthPx: width,
      heightPx: height,
    };
    return told({ source: "InvokeAI", ...shared, ...samplerOf(scheduler) }) as Recalled;
  }
  if (texts.parameters) return readParameters(texts.parameters);
  const nodes = Nodes.safeParse(jsonOf(texts.prompt));
  return nodes.success ? readNodes(nodes.data) : null;
}

const LAST_LINE = /^\s*Steps: \d+/;

/** Prompt; "Negative prompt: ..."; "Steps: 20, Sampler: Euler a, ...". Either of the first two may have several lines. */
function readParameters(text: string): Recalled | null {
  const lines = text.split("\n");
  const last = lines.findLastIndex((line) => LAST_LINE.test(line));
  if (last < 0) return null;
  const words = lines.slice(0, last).join("\n");
  const [prompt = "", negativePrompt = ""] = words.split(/^Negative prompt: /m);
  const settings = new Map<string, string>();
  for (const [, name = "", quoted, plain = ""] of lines[last]!.matchAll(
    /\s*([\w ]+?):\s*(?:"((?:\\.|[^"])*)"|([^,]*))(?:,|$)/g,
  ))
    settings.set(name, quoted ?? plain.trim());
  const number = (name: string) => (settings.has(name) ? Number(settings.get(name)) : undefined);
  const [width, height] = (settings.get("Size") ?? "").split("x").map(Number);
  const schedule = settings.get("Schedule type");
  return told({
    source: "AUTOMATIC1111",
    prompt: prompt.trim(),
    negativePrompt: negativePrompt.trim(),
    seed: number("Seed"),
    steps: number("Steps"),
    guidance: number("CFG scale"),
    widthPx: width || undefined,
    heightPx: height || undefined,
    ...samplerOf(schedule === "Karras" ? `${settings.get("Sampler")} Karras` : settings.get("Sampler")),
  }) as Recalled;
}

/** The first sampling node, and what its inputs lead to. */
function readNodes(nodes: Nodes): Recalled | null {
  const sampling = Object.values(nodes).find(
    ({ class_type: type, inputs }) => /KSampler/.test(type) && "positive" in inputs,
  );
  if (!sampling) return null;
  const { inputs } = sampling;
  const numberOf = (value: unknown) => (typeof value === "number" ? value : undefined);
  const textOf = (value: unknown) => (typeof value === "string" ? value : undefined);
  const latent = nodeAt(nodes, inputs.latent_image)?.inputs ?? {};
  const name = textOf(inputs.sampler_name);
  const isKarras = inputs.scheduler === "karras";
  return told({
    source: "ComfyUI",
    prompt: wordsAt(nodes, inputs.positive) ?? "",
    negativePrompt: wordsAt(nodes, inputs.negative) ?? "",
    seed: numberOf(inputs.seed ?? inputs.noise_seed),
    steps: numberOf(inputs.steps),
    guidance: numberOf(inputs.cfg),
    widthPx: numberOf(latent.width),
    heightPx: numberOf(latent.height),
    ...samplerOf(name && isKarras ? `${name} karras` : name),
  }) as Recalled;
}

/** A link is [node, output]. */
const nodeAt = (nodes: Nodes, link: unknown) => (Array.isArray(link) ? nodes[String(link[0])] : undefined);

const LONGEST_CHAIN = 16;
/** Follows conditioning back to the words it was made of. */
function wordsAt(nodes: Nodes, link: unknown, left = LONGEST_CHAIN): string | undefined {
  const node = nodeAt(nodes, link);
  if (!node || left === 0) return undefined;
  const { text, conditioning } = node.inputs;
  if (typeof text === "string") return text;
  return wordsAt(nodes, text ?? conditioning, left - 1);
}

/** `npm run paint -- "prompt" --out FILE.png`: paints here and now, without the web, the studio or the database. */
import { randomInt, randomUUID } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { isAriaError } from "#contracts/errors.ts";
import { PaintOrder, PaintSettings } from "#contracts/generation.ts";
import { invalidFrom } from "#contracts/invalid-from.ts";
import { MAX_COUNT } from "#contracts/terms.ts";
import { cardOf, readModelFolder } from "#inference/models/model-folder.ts";
import { paintOrder } from "#inference/pipelines/paint-order.ts";
import { openPipeline } from "#inference/pipelines/pipeline.ts";
import { finishOrder } from "#inference/scoring/finish-order.ts";
import { openScorer } from "#inference/scoring/scorer.ts";

const USAGE =
  'usage: npm run paint -- "prompt" [--model DIR] [--seed N] [--steps N] [--guidance G [--guidance-stop SHARE]] [--sampler NAME] [--schedule automatic|karras|exponential|beta] [--size WxH] [--negative TEXT] [--underpainting SHARE|off] [--image FILE [--strength SHARE] [--mask FILE]] [--n N] --out FILE.png';
const OPTIONS = {
  model: { type: "string", default: "models/aria" },
  seed: { type: "string" },
  steps: { type: "string" },
  guidance: { type: "string" },
  "guidance-stop": { type: "string" },
  sampler: { type: "string" },
  schedule: { type: "string" },
  size: { type: "string" },
  negative: { type: "string", default: "" },
  underpainting: { type: "string" },
  image: { type: "string" },
  strength: { type: "string" },
  mask: { type: "string" },
  n: { type: "string", default: "1" },
  out: { type: "string" },
} as const;

const IMAGE_STRENGTH = 0.8;

class Refusal extends Error {}

function readArguments() {
  try {
    return parseArgs({ allowPositionals: true, options: OPTIONS });
  } catch (error) {
    throw new Refusal(`${error instanceof Error ? error.message : error}\n${USAGE}`);
  }
}

const numberOr = <T>(text: string | undefined, otherwise: T): number | T =>
  text === undefined ? otherwise : text.trim() === "" ? Number.NaN : Number(text);

function sizeOr(size: string | undefined, otherwise: { widthPx: number; heightPx: number }) {
  if (size === undefined) return otherwise;
  const [, widthPx, heightPx] = /^(\d+)x(\d+)$/.exec(size) ?? [];
  if (!widthPx || !heightPx) throw new Refusal(`--size must look like 256x256; it is "${size}".`);
  return { widthPx: Number(widthPx), heightPx: Number(heightPx) };
}

/** What the command line calls the fields of an order. */
const FLAG_OF: Readonly<Record<string, string>> = {
  widthPx: "--size",
  heightPx: "--size",
  seeds: "--seed",
  scheduleType: "--schedule",
  guidanceStop: "--guidance-stop",
  negativePrompt: "--negative",
  modelId: "--model",
  sketchPngBase64: "--image",
  maskPngBase64: "--mask",
  prompt: "the prompt",
};

function refuse(field: string, reason: string): never {
  throw new Refusal(`${FLAG_OF[field] ?? `--${field}`}: ${reason}`);
}

/** How much of the schedule is painted over something: a picture of one's own has the reference's default. */
function shareOf(
  { image, mask, strength, underpainting }: ReturnType<typeof readArguments>["values"],
  usual: number | null,
) {
  if (image === undefined) {
    if (strength !== undefined) refuse("strength", "is for --image");
    return underpainting === "off" ? null : numberOr(underpainting, usual);
  }
  if (underpainting !== undefined) refuse("underpainting", "is --strength where there is an --image");
  return numberOr(strength, mask === undefined ? IMAGE_STRENGTH : null);
}

function pictureOf(file: string | undefined): string | undefined {
  try {
    return file === undefined ? undefined : readFileSync(file).toString("base64");
  } catch {
    throw new Refusal(`${file} cannot be read.`);
  }
}

async function main() {
  const { values, positionals } = readArguments();
  const [prompt, ...more] = positionals;
  if (prompt === undefined || more.length > 0 || !values.out) throw new Refusal(USAGE);
  const folder = await readModelFolder(path.resolve(values.model));
  const { defaults } = cardOf(folder);
  const count = numberOr(values.n, 1);
  if (!Number.isInteger(count) || count < 1 || count > MAX_COUNT) refuse("n", `must be 1 to ${MAX_COUNT}`);
  const seed = numberOr(values.seed, randomInt(2 ** 32));
  const asked = PaintOrder.safeParse({
    ...defaults,
    ...sizeOr(values.size, defaults),
    modelId: folder.id,
    orderId: randomUUID(),
    prompt,
    negativePrompt: values.negative,
    // A bad seed is left to the contract to refuse; a good one goes on from 0 after the last.
    seeds: Array.from({ length: count }, (_, i) => (i === 0 ? seed : (seed + i) % 2 ** 32)),
    steps: numberOr(values.steps, defaults.steps),
    guidance: numberOr(values.guidance, defaults.guidance),
    guidanceStop: numberOr(values["guidance-stop"], defaults.guidanceStop),
    sampler: values.sampler ?? defaults.sampler,
    scheduleType: values.schedule ?? defaults.scheduleType,
    underpainting: shareOf(values, defaults.underpainting),
    sketchPngBase64: pictureOf(values.image),
    maskPngBase64: pictureOf(values.mask),
  });
  if (!asked.success) {
    const { field, reason } = invalidFrom(asked.error);
    refuse(field.split(".")[0] ?? field, reason);
  }
  const loadedAt = performance.now();
  const int8 = process.env.ENGINE_INT8 !== "off";
  // A graph that is rewritten first is kept, for that takes longer than a picture.
  const kept = folder.recipe && { sessionsDir: path.resolve(process.env.ARIA_DATA_DIR ?? "var", "sessions") };
  const threads = availableParallelism();
  const pipeline = await openPipeline(folder, { threads, int8, onProgress: () => {}, ...kept });
  const loadMs = performance.now() - loadedAt;
  const painted = await paintOrder(pipeline, asked.data, { onGlimpse: () => {}, isCancelled: async () => false });
  const scorer = await openScorer(folder, availableParallelism());
  const finished = await finishOrder(asked.data, painted, scorer.judge);
  mkdirSync(path.dirname(path.resolve(values.out)), { recursive: true });
  const images = finished.map(({ seed: own, png, judgement: { scores } }, i) => {
    const { dir, name, ext } = path.parse(values.out ?? "");
    const file = count === 1 ? values.out : path.join(dir, `${name}-${i + 1}${ext}`);
    writeFileSync(file ?? "", png);
    return { file, seed: own, scores };
  });
  const { modelId: _, ...settings } = PaintSettings.parse(asked.data);
  const timingsMs = Object.fromEntries(
    Object.entries({ load: loadMs, ...painted.timingsMs }).map(([name, ms]) => [name, Math.round(ms)]),
  );
  const { id, hash } = painted.model;
  console.log(JSON.stringify({ model: { id, hash }, seed, prompt, ...settings, timingsMs, images }));
  await Promise.all([pipeline.release(), scorer.release()]);
}

main().catch((error: unknown) => {
  if (error instanceof Refusal) console.error(error.message);
  else if (isAriaError(error) && error.code === "INVALID") {
    console.error(`${FLAG_OF[error.facts.field] ?? `--${error.facts.field}`}: ${error.facts.reason}`);
  } else if (isAriaError(error) && error.code === "GENERATION_FAILED" && error.facts.reason === "model_unreadable") {
    console.error(`--model: the files of "${error.facts.modelId}" are missing or damaged`);
  } else console.error(error);
  process.exit(error instanceof Refusal || isAriaError(error) ? 2 : 1);
});

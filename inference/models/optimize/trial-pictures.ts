/** Pictures that a model is tried by: as different from each other as what can be said to it allows. */
import { randomUUID } from "node:crypto";
import type { ModelFolder } from "#inference/models/model-folder.ts";
import { cardOf } from "#inference/models/model-folder.ts";
import { paintOrder } from "#inference/pipelines/paint-order.ts";
import type { Pipeline } from "#inference/pipelines/pipeline.ts";

/** For a model without a vocabulary of its own. */
const SUBJECTS = [
  "a quiet sea",
  "a city at night",
  "an old oak in a field",
  "a bowl of fruit",
  "a portrait of a woman",
];
const MANNERS = ["oil on canvas", "watercolor", "ink wash", "a photograph"];

export interface TrialPicture {
  readonly png: Uint8Array;
  /** Of what was painted. */
  readonly theme: string;
}

interface Settings {
  /** The native one, and half of it, in turn, where it is not said. */
  readonly sidePx?: number;
  readonly steps?: number;
}

/** What the `i`th of them is of. */
export function trialTheme({ aria: { vocabulary } }: ModelFolder, i: number): string {
  const kinds = Object.keys(vocabulary).length > 0 ? Object.values(vocabulary) : [SUBJECTS, MANNERS];
  // Kinds have different numbers of words: going through each at its own pace brings ever other pairs together.
  return kinds.map((words) => words[i % words.length]).join(", ");
}

/** The `i`th of them. */
export async function paintTrial(pipeline: Pipeline, i: number, settings: Settings = {}): Promise<TrialPicture> {
  const { folder } = pipeline;
  const { defaults } = cardOf(folder);
  const { sidePx = sizeOf(folder, i), steps = defaults.steps } = settings;
  const theme = trialTheme(folder, i);
  const order = {
    ...defaults,
    modelId: folder.id,
    orderId: randomUUID(),
    widthPx: sidePx,
    heightPx: sidePx,
    steps,
    prompt: theme,
    negativePrompt: "",
    seeds: [i],
  };
  const { candidates } = await paintOrder(pipeline, order, { onGlimpse: () => {}, isCancelled: async () => false });
  return { png: candidates[0]!.png, theme };
}

const SMALL_STEP_PX = 64;
const sizeOf = ({ nativeSizePx }: ModelFolder, i: number): number =>
  i % 2 === 0 ? nativeSizePx : Math.max(Math.floor(nativeSizePx / 2 / SMALL_STEP_PX) * SMALL_STEP_PX, SMALL_STEP_PX);

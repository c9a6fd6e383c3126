/**
 * Whether a picture shows what should not be shown, by diffusers' safety checker exported to ONNX (CLIP's vision tower and
 * the distances to what it was told to look for). It is used where it is installed, as `critics/safety/model.onnx` in the
 * models folder; Aria brings none.
 */
import { Session } from "#inference/runtime/session.ts";
import { clipPixels } from "./clip-pixels.ts";
import type { Picture } from "./critics/critic.ts";

export const SAFETY_FILE = "critics/safety/model.onnx";

/** diffusers' names. It blackens `images` where it flags them, in either layout: nothing is wanted of that. */
const [INPUT, BLACKENED, FLAGS] = ["clip_input", "images", "has_nsfw_concepts"] as const;
const SMALLEST = [3, 3, 3];

export interface SafetyChecker {
  /** One a picture, in their order. */
  flags(pictures: readonly Picture[]): Promise<boolean[]>;
  release(): Promise<void>;
}

export async function openSafetyChecker(file: string, threads: number): Promise<SafetyChecker> {
  const session = await Session.open(file, "safety", { threads, spin: false });
  return {
    async flags(pictures) {
      const dims = [pictures.length, ...SMALLEST];
      const nothing = { data: new Float32Array(dims.reduce((product, size) => product * size, 1)), dims };
      const blackened = session.inputNames.includes(BLACKENED) ? { [BLACKENED]: nothing } : {};
      const told = await session.run({ [INPUT]: await clipPixels(pictures), ...blackened });
      const { data } = told[FLAGS]!;
      return pictures.map((_, i) => data[i] === 1);
    },
    release: () => session.release(),
  };
}

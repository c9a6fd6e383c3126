/**
 * How pleasing pictures are to people, by a model of the LAION-Aesthetics kind (Schuhmann 2022): CLIP's vision tower with a
 * head that was taught by ratings of 1 to 10, exported as one graph. It is used where it is installed, as
 * `critics/aesthetic/model.onnx` in the models folder; Aria brings none.
 */
import { Session } from "#inference/runtime/session.ts";
import { clipPixels } from "../clip-pixels.ts";
import type { Critic } from "./critic.ts";

export const AESTHETIC_FILE = "critics/aesthetic/model.onnx";

const [WORST, BEST] = [1, 10];

export async function openAesthetic(file: string, threads: number): Promise<Critic & { release(): Promise<void> }> {
  const session = await Session.open(file, "aesthetic", { threads, spin: false });
  return {
    async judge(shown) {
      const pixels = await clipPixels(shown.map(({ picture }) => picture));
      const told = await session.run({ [session.inputNames[0]!]: pixels });
      const { data } = told[session.outputNames[0]!]!;
      const perPicture = data.length / shown.length;
      return shown.map((_, i) => {
        const rating = data[i * perPicture]!;
        return { aesthetic: Math.min(1, Math.max(0, (rating - WORST) / (BEST - WORST))) };
      });
    },
    release: () => session.release(),
  };
}

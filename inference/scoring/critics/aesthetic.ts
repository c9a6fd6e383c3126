/**
 * How pleasing pictures are to people, by a model of the LAION-Aesthetics kind (Schuhmann 2022): CLIP's vision tower with a
 * head that was taught by ratings of 1 to 10, exported as one graph. It is used where it is installed, as
 * `critics/aesthetic/model.onnx` in the models folder; Aria brings none.
 */
import sharp from "sharp";
import { Session } from "#inference/runtime/session.ts";
import type { Tensor } from "#inference/tensor.ts";
import type { Critic, Picture } from "./critic.ts";

export const AESTHETIC_FILE = "critics/aesthetic/model.onnx";

/** CLIP's, in the order R, G, B. */
const SIDE_PX = 224;
const MEAN = [0.48145466, 0.4578275, 0.40821073];
const SPREAD = [0.26862954, 0.26130258, 0.27577711];
const [WORST, BEST] = [1, 10];

export async function openAesthetic(file: string, threads: number): Promise<Critic & { release(): Promise<void> }> {
  const session = await Session.open(file, "aesthetic", { threads, spin: false });
  return {
    async judge(shown) {
      const pixels = await Promise.all(shown.map(({ picture }) => clipPixels(picture)));
      const told = await session.run({ [session.inputNames[0]!]: together(pixels) });
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

/** The middle of it at CLIP's size, [3, 224, 224], normalised. */
async function clipPixels({ rgb, widthPx: width, heightPx: height }: Picture): Promise<Float32Array> {
  const data = await sharp(rgb, { raw: { width, height, channels: 3 } })
    .resize(SIDE_PX, SIDE_PX, { fit: "cover", kernel: "cubic" })
    .raw()
    .toBuffer();
  const area = SIDE_PX ** 2;
  return Float32Array.from({ length: 3 * area }, (_, i) => {
    const channel = Math.floor(i / area);
    return (data[3 * (i % area) + channel]! / 255 - MEAN[channel]!) / SPREAD[channel]!;
  });
}

function together(pixels: readonly Float32Array[]): Tensor {
  const data = new Float32Array(pixels.length * 3 * SIDE_PX ** 2);
  for (const [i, one] of pixels.entries()) data.set(one, i * one.length);
  return { data, dims: [pixels.length, 3, SIDE_PX, SIDE_PX] };
}

/** Chooses which steps are shown, and makes them small WebP pictures beside the painting rather than in its way. */
import sharp from "sharp";
import type { Stroke } from "#contracts/generation-events.ts";
import type { AriaJson } from "#inference/models/model-folder.ts";
import type { Glimpse } from "#inference/pipelines/paint-order.ts";
import { toRgb } from "#inference/pipelines/to-rgb.ts";
import type { Tensor } from "#inference/tensor.ts";
import { latentRgb, type SmallPicture } from "./latent-rgb.ts";

const LEAST_GAP_MS = 150;
const LONGEST_SIDE_PX = 256;

export class PreviewFrames {
  readonly #send: (stroke: Stroke) => void;
  readonly #aria: AriaJson;
  #lastAtMs = -Infinity;
  #pending: Promise<void> = Promise.resolve();

  constructor(aria: AriaJson, send: (stroke: Stroke) => void) {
    this.#aria = aria;
    this.#send = send;
  }

  /** The underpainting and each candidate's first step always; others at most every 150 ms. */
  offer({ progress, sketch, clean }: Glimpse): void {
    const now = performance.now();
    if (progress.step > 1 && now - this.#lastAtMs < LEAST_GAP_MS) return;
    const picture = sketch ? pictureOf(sketch) : clean && latentRgb(clean, this.#aria);
    if (!picture) return;
    this.#lastAtMs = now;
    const { orderId, candidate, step, of } = progress;
    this.#pending = this.#pending
      .then(() => encode(picture))
      .then((webp) => {
        const image = webp.buffer.slice(webp.byteOffset, webp.byteOffset + webp.byteLength) as ArrayBuffer;
        this.#send({ orderId, candidate, step, of, image, mediaType: "image/webp" });
      });
  }

  /** Resolves when every frame offered so far has been sent. */
  flush(): Promise<void> {
    return this.#pending;
  }
}

const pictureOf = (sketch: Tensor): SmallPicture => ({
  rgb: toRgb(sketch),
  width: sketch.dims[3] ?? 0,
  height: sketch.dims[2] ?? 0,
});

const encode = ({ rgb, width, height }: SmallPicture): Promise<Buffer> =>
  sharp(rgb, { raw: { width, height, channels: 3 } })
    .resize(LONGEST_SIDE_PX, LONGEST_SIDE_PX, { fit: "inside", kernel: "cubic" })
    .webp({ quality: 70, effort: 0 })
    .toBuffer();

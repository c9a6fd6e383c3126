/** Chooses which steps are shown, and makes them small JPEG pictures beside the painting rather than in its way. */
import sharp from "sharp";
import type { Stroke } from "#contracts/generation-events.ts";
import type { Glimpse } from "#inference/pipelines/paint-order.ts";
import type { Tensor } from "#inference/tensor.ts";
import { latentRgb, type PreviewMap, type SmallPicture } from "./latent-rgb.ts";

const LEAST_GAP_MS = 150;
const LONGEST_SIDE_PX = { linear: 128, decoded: 256 };
/** Of the time of a painting that may go into decoding frames. */
const DECODED_SHARE = 0.03;

/** How latents become frames. */
interface Means {
  /** Costs next to nothing; null where nobody knows the colours. */
  readonly map: PreviewMap | null;
  /** A tiny decoder, whose frames are true to the last detail; used as often as it costs little. Null where there is none. */
  readonly decode: ((latents: Tensor) => Promise<Tensor>) | null;
}

export class PreviewFrames {
  readonly #send: (stroke: Stroke) => void;
  readonly #means: Means;
  #lastAtMs = -Infinity;
  #decodeAgainAtMs = -Infinity;
  #pending: Promise<void> = Promise.resolve();

  constructor(means: Means, send: (stroke: Stroke) => void) {
    this.#means = means;
    this.#send = send;
  }

  /** The underpainting and each candidate's first step always; others at most every 150 ms. */
  offer({ progress, sketch, clean }: Glimpse): void {
    const now = performance.now();
    if (progress.step > 1 && now - this.#lastAtMs < LEAST_GAP_MS) return;
    const picture = sketch ? pictureOf(sketch, LONGEST_SIDE_PX.linear) : clean && this.#show(clean, now);
    if (!picture) return;
    this.#lastAtMs = now;
    const { orderId, candidate, step, of } = progress;
    this.#pending = this.#pending
      .then(async () => encode(await picture))
      .then((jpeg) => {
        const image = jpeg.buffer.slice(jpeg.byteOffset, jpeg.byteOffset + jpeg.byteLength) as ArrayBuffer;
        this.#send({ orderId, candidate, step, of, image, mediaType: "image/jpeg" });
      })
      // A stroke may be lost; a painting is not lost for it.
      .catch(() => {});
  }

  #show(clean: Tensor, now: number): SmallPicture | Promise<SmallPicture> | null {
    const { map, decode } = this.#means;
    if (!decode || now < this.#decodeAgainAtMs) return map && latentRgb(clean, map);
    return decode(clean).then(
      (decoded) => {
        const doneAt = performance.now();
        this.#decodeAgainAtMs = doneAt + (doneAt - now) / DECODED_SHARE;
        return pictureOf(decoded, LONGEST_SIDE_PX.decoded);
      },
      (error: unknown) => {
        // What failed once fails again.
        this.#decodeAgainAtMs = Number.POSITIVE_INFINITY;
        if (!map) throw error;
        return latentRgb(clean, map);
      },
    );
  }

  /** Resolves when every frame offered so far has been sent. */
  flush(): Promise<void> {
    return this.#pending;
  }
}

/** Each pixel the mean of a block. Gathered here, for a full-size picture would cost ten times as much. */
function pictureOf({ data, dims }: Tensor, longestSidePx: number): SmallPicture {
  const [, , rows = 0, columns = 0] = dims;
  const block = Math.max(1, Math.ceil(Math.max(rows, columns) / longestSidePx));
  const [width, height] = [Math.floor(columns / block), Math.floor(rows / block)];
  const rgb = new Uint8Array(width * height * 3);
  for (let out = 0; out < rgb.length; out++) {
    const [pixel, channel] = [Math.floor(out / 3), out % 3];
    const corner = channel * rows * columns + Math.floor(pixel / width) * block * columns + (pixel % width) * block;
    let sum = 0;
    for (let dy = 0; dy < block; dy++) for (let dx = 0; dx < block; dx++) sum += data[corner + dy * columns + dx]!;
    rgb[out] = Math.min(Math.max((sum / block ** 2 / 2 + 0.5) * 255, 0), 255);
  }
  return { rgb, width, height };
}

/** As small as it is: the page enlarges it smoothly, and every millisecond here is taken from the painting. */
const encode = ({ rgb, width, height }: SmallPicture): Promise<Buffer> =>
  sharp(rgb, { raw: { width, height, channels: 3 } })
    .jpeg({ quality: 92, chromaSubsampling: "4:4:4" })
    .toBuffer();

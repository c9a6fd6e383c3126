/** What can be said of finished pictures: how they are made, what a model's scorer sees in them, and whether that is the theme. */
import sharp, { type Sharp } from "sharp";
import { AriaError } from "#contracts/errors.ts";
import type { Scores } from "#contracts/generation.ts";
import { LABEL_KINDS, readTheme, type Theme, UNREAD } from "#contracts/theme.ts";
import type { ModelFolder } from "#inference/models/model-folder.ts";
import { findPart } from "#inference/models/model-parts.ts";
import { Session } from "#inference/runtime/session.ts";
import { fromRgb, stack, type Tensor } from "#inference/tensor.ts";
import { scoreTechnical } from "./technical.ts";

/** By kind, the probability of each label in [0, 1]; under "quality", how much of each flaw there is, 0 to 1. */
export type Sight = Readonly<Record<string, Readonly<Record<string, number>>>>;

export interface Seen {
  readonly sight: Sight;
  /** Of unit length; pictures alike have a large dot product. */
  readonly embedding: Float32Array;
}

/** All pictures in one run, [n, 3, h, w] in [-1, 1] each. */
export type Look = (pixels: Tensor) => Promise<readonly Seen[]>;

/** The shorter side of what it was taught by, and what both sides must be whole multiples of. */
const SIDE_PX = 256;
const STEP_PX = 16;
/** More than this of a large picture is not looked at from near. */
const NEAR_PX = 512;
/** Strokes and flaws are seen from near alone: made small, they are gone. */
const FROM_NEAR = ["style", "quality"];

interface Picture {
  /** Interleaved, 8 bits a channel. */
  readonly rgb: Uint8Array;
  readonly widthPx: number;
  readonly heightPx: number;
}

export interface Scorer {
  /** Of encoded pictures, in their order; all are looked at together. */
  score(theme: string, pictures: readonly Uint8Array[]): Promise<Scores[]>;
  /** Throws INVALID where the model has no scorer. */
  look(pictures: readonly Uint8Array[]): Promise<Seen[]>;
  release(): Promise<void>;
}

/** A model without one of its own is scored by what can be measured alone. */
export async function openScorer(folder: ModelFolder, threads: number): Promise<Scorer> {
  const file = findPart(folder.dir, "scorer");
  const session = file === null ? null : await Session.open(file, folder.id, { threads, spin: false });
  const look = session && lookWith(session, folder.scorerLabels);
  const { lexicon } = folder;
  return {
    async score(said, pictures) {
      const theme = lexicon ? readTheme(said, lexicon) : UNREAD;
      const decoded = await Promise.all(pictures.map(decode));
      const seen = look && (await lookAt(decoded, look));
      return decoded.map(({ rgb, widthPx, heightPx }, i) => ({
        ...scoreTechnical(rgb, widthPx, heightPx),
        agreement: seen && agreementOf(theme, seen[i]!.sight),
        soundness: seen && soundnessOf(seen[i]!.sight),
      }));
    },
    async look(pictures) {
      if (!look)
        throw new AriaError("INVALID", { field: "modelId", reason: `must have a scorer: ${folder.id} has none` });
      return lookAt(await Promise.all(pictures.map(decode)), look);
    },
    async release() {
      await session?.release();
    },
  };
}

async function decode(png: Uint8Array): Promise<Picture> {
  const { data, info } = await sharp(png)
    .removeAlpha()
    .toColourspace("srgb")
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { rgb: data, widthPx: info.width, heightPx: info.height };
}

const lookWith =
  (session: Session, labels: ModelFolder["scorerLabels"]): Look =>
  async (pixels) => {
    const told = await session.run({ pixel_values: pixels });
    const row = (name: string, i: number): Float32Array => {
      const { data, dims } = told[name]!;
      const length = data.length / dims[0]!;
      return data.slice(i * length, (i + 1) * length);
    };
    return Array.from({ length: pixels.dims[0]! }, (_, i) => {
      const sight = Object.entries(labels).map(([kind, names]) => {
        const shares = row(kind, i);
        return [kind, Object.fromEntries(names.map((name, k) => [name, shares[k]!]))];
      });
      return { sight: Object.fromEntries(sight), embedding: row("image_embeds", i) };
    });
  };

/** What is seen from afar, the whole picture at the size the scorer was taught by; manner and flaws from near. */
export async function lookAt(pictures: readonly Picture[], look: Look): Promise<Seen[]> {
  const far = await together(await Promise.all(pictures.map(fromAfar)), look);
  const large = [...pictures.keys()].filter((i) => Math.min(pictures[i]!.widthPx, pictures[i]!.heightPx) > SIDE_PX);
  const near = await together(await Promise.all(large.map((i) => fromNear(pictures[i]!))), look);
  return far.map((seen, i) => {
    const close = Object.entries(near[large.indexOf(i)]?.sight ?? {}).filter(([kind]) => FROM_NEAR.includes(kind));
    return { ...seen, sight: { ...seen.sight, ...Object.fromEntries(close) } };
  });
}

/** One run for all that are of one size. */
async function together(pictures: readonly Tensor[], look: Look): Promise<Seen[]> {
  const sizes = new Set(pictures.map(({ dims }) => dims.join()));
  const seen: Seen[] = [];
  for (const size of sizes) {
    const indices = [...pictures.keys()].filter((i) => pictures[i]!.dims.join() === size);
    const found = await look(stack(indices.map((i) => pictures[i]!)));
    for (const [at, i] of indices.entries()) seen[i] = found[at]!;
  }
  return seen;
}

const openRgb = ({ rgb, widthPx: width, heightPx: height }: Picture) =>
  sharp(rgb, { raw: { width, height, channels: 3 } });

/** [1, 3, h, w] in [-1, 1], the shorter side 256. */
export function fromAfar(picture: Picture): Promise<Tensor> {
  const shrink = SIDE_PX / Math.min(picture.widthPx, picture.heightPx);
  const whole = (side: number) => Math.max(SIDE_PX, Math.round((side * shrink) / STEP_PX) * STEP_PX);
  const [width, height] = [whole(picture.widthPx), whole(picture.heightPx)];
  return toTensor(openRgb(picture).resize(width, height, { fit: "fill" }), width, height);
}

/** The middle of it at full size. */
function fromNear(picture: Picture): Promise<Tensor> {
  const whole = (side: number) => Math.min(Math.floor(side / STEP_PX) * STEP_PX, NEAR_PX);
  const [width, height] = [whole(picture.widthPx), whole(picture.heightPx)];
  const [left, top] = [Math.floor((picture.widthPx - width) / 2), Math.floor((picture.heightPx - height) / 2)];
  return toTensor(openRgb(picture).extract({ left, top, width, height }), width, height);
}

const toTensor = async (picture: Sharp, width: number, height: number): Promise<Tensor> =>
  fromRgb(await picture.raw().toBuffer(), width, height);

/** Mean probability of what the theme says of scene, style, palette and time; null where it says nothing of these. */
export function agreementOf(theme: Theme, sight: Sight): number | null {
  const seen = LABEL_KINDS.flatMap((kind) => {
    const label = theme[kind];
    const p = label === null ? undefined : sight[kind]?.[label];
    return p === undefined ? [] : [p];
  });
  return seen.length === 0 ? null : seen.reduce((sum, p) => sum + p, 0) / seen.length;
}

export const soundnessOf = ({ quality = {} }: Sight): number => 1 - Math.max(0, ...Object.values(quality));

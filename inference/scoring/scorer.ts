/** What a model's scorer sees in a picture, and whether that is what the theme says. */
import sharp, { type Sharp } from "sharp";
import { LABEL_KINDS, type Theme } from "#contracts/theme.ts";
import { fromRgb, type Tensor } from "#inference/tensor.ts";

/** By kind, the probability of each label in [0, 1]; under "quality", how much of each flaw there is, 0 to 1. */
export type Sight = Readonly<Record<string, Readonly<Record<string, number>>>>;

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

/** What is seen from afar, the whole picture at the size the scorer was taught by; manner and flaws from near. */
export async function lookAt(picture: Picture, look: (pixels: Tensor) => Promise<Sight | null>): Promise<Sight | null> {
  const far = await look(await fromAfar(picture));
  if (!far || Math.min(picture.widthPx, picture.heightPx) <= SIDE_PX) return far;
  const near = await look(await fromNear(picture));
  return { ...far, ...Object.fromEntries(Object.entries(near ?? {}).filter(([kind]) => FROM_NEAR.includes(kind))) };
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

/** What can be said of finished pictures: how they are made, what a model's scorer sees in them, and whether that is the theme. */
import { existsSync } from "node:fs";
import sharp, { type Sharp } from "sharp";
import { AriaError } from "#contracts/errors.ts";
import { Scores } from "#contracts/generation.ts";
import { readTheme, UNREAD } from "#contracts/theme.ts";
import type { ModelFolder } from "#inference/models/model-folder.ts";
import { findPart } from "#inference/models/model-parts.ts";
import { Session } from "#inference/runtime/session.ts";
import { fromRgb, stack, type Tensor } from "#inference/tensor.ts";
import { openAesthetic } from "./critics/aesthetic.ts";
import { agreement } from "./critics/agreement.ts";
import { composition } from "./critics/composition.ts";
import type { Critic, Picture } from "./critics/critic.ts";
import { soundness } from "./critics/soundness.ts";
import { technical } from "./critics/technical.ts";
import { differenceHash } from "./difference-hash.ts";
import { openSafetyChecker } from "./safety-checker.ts";
import type { Seen } from "./sight.ts";

/** All pictures in one run, [n, 3, h, w] in [-1, 1] each. */
export type Look = (pixels: Tensor) => Promise<readonly Seen[]>;

/** The shorter side of what it was taught by, and what both sides must be whole multiples of. */
const SIDE_PX = 256;
const STEP_PX = 16;
/** More than this of a large picture is not looked at from near. */
const NEAR_PX = 512;
/** Strokes and flaws are seen from near alone: made small, they are gone. */
const FROM_NEAR = ["style", "quality"];

export interface Judgement {
  readonly scores: Scores;
  /** Null where the model has no scorer. */
  readonly embedding: Float32Array | null;
  /** Of the picture, as `differenceHash`. */
  readonly hash: string;
  /** By the safety checker; null where none is installed. */
  readonly flagged: boolean | null;
}

export interface Scorer {
  /** By every critic there is, of encoded pictures, in their order; all are looked at together. */
  judge(theme: string, pictures: readonly Uint8Array[]): Promise<Judgement[]>;
  /** Throws INVALID where the model has no scorer. */
  look(pictures: readonly Uint8Array[]): Promise<Seen[]>;
  release(): Promise<void>;
}

/** A model without one of its own is judged by what can be measured alone. */
const UNSAID = { agreement: null, soundness: null, aesthetic: null, taste: null };

/** Files of what is not the model's own; each is used where it is there. */
interface Installed {
  readonly aesthetic: string;
  readonly safety: string;
}

export async function openScorer(
  folder: ModelFolder,
  threads: number,
  installed: Installed = { aesthetic: "", safety: "" },
): Promise<Scorer> {
  const file = findPart(folder.dir, "scorer");
  const session = file === null ? null : await Session.open(file, folder.id, { threads, spin: false });
  const look = session && lookWith(session, folder.scorerLabels);
  const aesthetic = existsSync(installed.aesthetic) ? await openAesthetic(installed.aesthetic, threads) : null;
  const safety = existsSync(installed.safety) ? await openSafetyChecker(installed.safety, threads) : null;
  const critics: readonly Critic[] = [technical, composition, agreement, soundness, ...(aesthetic ? [aesthetic] : [])];
  const { lexicon } = folder;
  return {
    async judge(said, pictures) {
      const theme = lexicon ? readTheme(said, lexicon) : UNREAD;
      const decoded = await Promise.all(pictures.map(decode));
      const seen = look && (await lookAt(decoded, look));
      const shown = decoded.map((picture, i) => ({ picture, theme, seen: seen?.[i] ?? null }));
      const told = await Promise.all(critics.map((critic) => critic.judge(shown)));
      const flags = safety && (await safety.flags(decoded));
      return decoded.map(({ rgb, widthPx, heightPx }, i) => ({
        scores: Scores.parse(Object.assign({ ...UNSAID }, ...told.map((all) => all[i]))),
        embedding: seen?.[i]?.embedding ?? null,
        hash: differenceHash(rgb, widthPx, heightPx),
        flagged: flags?.[i] ?? null,
      }));
    },
    async look(pictures) {
      if (!look)
        throw new AriaError("INVALID", { field: "modelId", reason: `must have a scorer: ${folder.id} has none` });
      return lookAt(await Promise.all(pictures.map(decode)), look);
    },
    async release() {
      await Promise.all([session?.release(), aesthetic?.release(), safety?.release()]);
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

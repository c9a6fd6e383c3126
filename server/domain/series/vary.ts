/** How one theme becomes several works that belong together: they share their colours, and differ in what is stated. */
import type { SeriesDimension } from "#contracts/series.ts";
import { joined } from "#server/domain/prompt/join.ts";
import type { Rng } from "#server/domain/seeds.ts";

/** What a model of everyday words can be told; one with a vocabulary is told in its own. */
const USUAL: Readonly<Record<SeriesDimension, readonly string[]>> = {
  light: [
    "at dawn",
    "at noon",
    "at sunset",
    "at night",
    "in the fog",
    "under storm clouds",
    "by moonlight",
    "after rain",
  ],
  manner: [
    "oil painting",
    "watercolor",
    "ink wash",
    "woodcut",
    "chalk pastel",
    "pencil sketch",
    "pop art",
    "stained glass",
  ],
};
const KIND = { light: "time", manner: "style" } as const;

type Vocabulary = Readonly<Record<string, readonly string[]>>;

export function valuesFor(dimension: SeriesDimension, vocabulary: Vocabulary): readonly string[] {
  const taught = vocabulary[KIND[dimension]] ?? [];
  if (taught.length === 0) return USUAL[dimension];
  // Broad day has no words of its own.
  return dimension === "light" ? ["", ...taught] : taught;
}

interface Plan {
  readonly dimension: SeriesDimension;
  readonly count: number;
  /** Empty where the theme says it. */
  readonly palette: string;
  readonly vocabulary: Vocabulary;
  /** The manner that all share; empty where it is what varies, or the theme says it. */
  readonly manner: string;
}

export interface Piece {
  readonly theme: string;
  readonly prompt: string;
}

/** Each value is taken once before any is taken again. */
export function piecesOf(theme: string, { dimension, count, palette, vocabulary, manner }: Plan, rng: Rng): Piece[] {
  const values = shuffled(valuesFor(dimension, vocabulary), rng);
  return Array.from({ length: count }, (_, i) => {
    const value = values[i % values.length]!;
    const own = dimension === "light" ? `${theme} ${value}`.trim() : joined([theme, value]);
    return { theme: own, prompt: joined([own, manner, palette]) };
  });
}

/** Fisher and Yates. */
function shuffled<T>(values: readonly T[], rng: Rng): T[] {
  const out = [...values];
  for (let i = out.length - 1; i > 0; i--) {
    const k = Math.floor(rng() * (i + 1));
    [out[i], out[k]] = [out[k]!, out[i]!];
  }
  return out;
}

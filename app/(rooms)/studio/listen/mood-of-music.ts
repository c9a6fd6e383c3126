/**
 * What a piece of music feels like, and what Aria makes of it. Key: Krumhansl and Kessler's profiles (1982), correlated with
 * the mean chroma (Krumhansl 1990, chapter 4). Feeling: valence and arousal (Russell 1980), from mode and brightness, and from
 * tempo, loudness and density of events.
 */
import type { Mood } from "#contracts/moods.ts";

/** As measured on the sound. */
export interface Sound {
  /** Beats a minute; null where none was found. */
  readonly tempoBpm: number | null;
  /** Root mean square, in dB below full scale: -60 (hardly heard) to 0. */
  readonly loudnessDb: number;
  /** Spectral centroid, in Hz. */
  readonly brightnessHz: number;
  /** Share of the frames in which something begins, 0..1. */
  readonly density: number;
  /** Mean energy of the twelve pitch classes, from C. */
  readonly chroma: readonly number[];
}

export interface Heard {
  readonly tempoBpm: number | null;
  readonly loudnessDb: number;
  readonly brightnessHz: number;
  readonly key: {
    readonly tonic: string;
    readonly mode: "major" | "minor" /** Correlation, -1..1. */;
    readonly fit: number;
  };
  /** 0 (still) to 1 (wild), and 0 (dark) to 1 (bright). */
  readonly energy: number;
  readonly valence: number;
  readonly mood: Mood;
  /** To be put into the theme. */
  readonly palette: string;
  readonly motion: string | null;
}

const TONICS = ["C", "C♯", "D", "E♭", "E", "F", "F♯", "G", "A♭", "A", "B♭", "B"];
const PROFILES = {
  major: [6.35, 2.23, 3.48, 2.33, 4.38, 4.09, 2.52, 5.19, 2.39, 3.66, 2.29, 2.88],
  minor: [6.33, 2.68, 3.52, 5.38, 2.6, 3.53, 2.54, 4.75, 3.98, 2.69, 3.34, 3.17],
} as const;

/** Where each mood lies between still and wild, and between dark and bright. */
const PLACES: Readonly<Record<Mood, readonly [energy: number, valence: number]>> = {
  contemplative: [0.2, 0.5],
  introspective: [0.25, 0.3],
  melancholic: [0.3, 0.12],
  serene: [0.2, 0.75],
  playful: [0.6, 0.85],
  energized: [0.85, 0.75],
  bold: [0.75, 0.55],
  restless: [0.6, 0.4],
  rebellious: [0.85, 0.35],
  chaotic: [0.95, 0.15],
};

/** In words that the built-in painter was taught. */
const PALETTES: Readonly<Record<Mood, string>> = {
  contemplative: "icy whites and blues",
  introspective: "midnight indigo and silver",
  melancholic: "melancholic deep blues",
  serene: "serene pastels",
  playful: "candy pink and mint",
  energized: "golden sunset colors",
  bold: "bold reds and golds",
  restless: "teal and orange",
  rebellious: "dark and moody",
  chaotic: "chaotic neons",
};

const within = (value: number, low: number, high: number): number =>
  Math.min(Math.max((value - low) / (high - low), 0), 1);
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

function correlation(a: readonly number[], b: readonly number[]): number {
  const [meanA, meanB] = [mean(a), mean(b)];
  let [both, ofA, ofB] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [a[i]! - meanA, b[i]! - meanB];
    both += x * y;
    ofA += x * x;
    ofB += y * y;
  }
  return ofA > 0 && ofB > 0 ? both / Math.sqrt(ofA * ofB) : 0;
}

/** The key whose profile the chroma is most like. */
export function keyOf(chroma: readonly number[]): Heard["key"] {
  const keys = (["major", "minor"] as const).flatMap((mode) =>
    TONICS.map((tonic, at) => {
      const turned = PROFILES[mode].map((_, i) => PROFILES[mode][(i - at + 12) % 12]!);
      return { tonic, mode, fit: correlation(chroma, turned) };
    }),
  );
  return keys.reduce((best, key) => (key.fit > best.fit ? key : best));
}

export function hear({ tempoBpm, loudnessDb, brightnessHz, density, chroma }: Sound): Heard {
  const key = keyOf(chroma);
  const parts = [within(loudnessDb, -35, -8), within(density, 0.02, 0.3)];
  const energy = mean(tempoBpm === null ? parts : [...parts, within(tempoBpm, 55, 165)]);
  const brightness = within(brightnessHz, 400, 4_500);
  // A key that hardly fits says little of its mode.
  const mode = 0.5 + (key.mode === "major" ? 0.5 : -0.5) * Math.max(key.fit, 0);
  const valence = 0.65 * mode + 0.35 * brightness;
  const far = ([e, v]: readonly [number, number]) => Math.hypot(e - energy, v - valence);
  const moods = Object.entries(PLACES) as [Mood, readonly [number, number]][];
  const [mood] = moods.reduce((best, one) => (far(one[1]) < far(best[1]) ? one : best));
  const motion = energy < 0.35 ? "calm" : energy > 0.7 ? "restless" : null;
  return { tempoBpm, loudnessDb, brightnessHz, key, energy, valence, mood, palette: PALETTES[mood], motion };
}

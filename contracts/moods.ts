/** Aria's ten moods: what each looks like, sounds like and leads to. The data is that of the system she descends from. */
import { z } from "zod";

export const MOODS = [
  "contemplative",
  "chaotic",
  "melancholic",
  "energized",
  "rebellious",
  "serene",
  "restless",
  "playful",
  "introspective",
  "bold",
] as const;
export const Mood = z.enum(MOODS);
export type Mood = z.infer<typeof Mood>;

export const STYLE_AXES = [
  "abstraction",
  "saturation",
  "complexity",
  "drama",
  "symmetry",
  "novelty",
  "lineQuality",
  "paletteTemperature",
  "motion",
  "symbolism",
] as const;
export type StyleAxis = (typeof STYLE_AXES)[number];
/** Each 0..1; 0.5 is neither way. */
export type Axes = Readonly<Record<StyleAxis, number>>;

export interface MoodNature {
  /** In words of the art world, as a model without a vocabulary of its own is asked for them. */
  readonly styles: readonly string[];
  readonly colours: readonly string[];
  readonly subjects: readonly string[];
  /** How strongly it is felt when it comes, 0..1. */
  readonly intensity: number;
  readonly hex: string;
  readonly leadsTo: readonly Mood[];
  readonly axes: Axes;
}

export const MOOD_NATURES: Readonly<Record<Mood, MoodNature>> = {
  contemplative: {
    styles: ["minimalist", "zen", "abstract", "atmospheric"],
    colours: ["muted blues", "soft grays", "gentle earth tones"],
    subjects: ["nature", "meditation", "silence", "space"],
    intensity: 0.3,
    hex: "#7B8FA1",
    leadsTo: ["serene", "introspective", "melancholic"],
    axes: {
      abstraction: 0.6,
      saturation: 0.3,
      complexity: 0.4,
      drama: 0.2,
      symmetry: 0.6,
      novelty: 0.4,
      lineQuality: 0.3,
      paletteTemperature: 0.4,
      motion: 0.2,
      symbolism: 0.7,
    },
  },
  chaotic: {
    styles: ["abstract expressionism", "glitch art", "splatter paint"],
    colours: ["clashing neons", "explosive reds", "electric yellows"],
    subjects: ["chaos", "energy", "movement", "destruction"],
    intensity: 0.9,
    hex: "#FF6B6B",
    leadsTo: ["rebellious", "energized", "restless"],
    axes: {
      abstraction: 0.8,
      saturation: 0.9,
      complexity: 0.9,
      drama: 0.95,
      symmetry: 0.1,
      novelty: 0.9,
      lineQuality: 0.7,
      paletteTemperature: 0.7,
      motion: 0.95,
      symbolism: 0.5,
    },
  },
  melancholic: {
    styles: ["impressionist", "muted realism", "somber abstract"],
    colours: ["deep blues", "dark purples", "shadowy grays"],
    subjects: ["solitude", "rain", "autumn", "twilight"],
    intensity: 0.6,
    hex: "#4B56D2",
    leadsTo: ["contemplative", "introspective", "serene"],
    axes: {
      abstraction: 0.4,
      saturation: 0.25,
      complexity: 0.5,
      drama: 0.6,
      symmetry: 0.5,
      novelty: 0.3,
      lineQuality: 0.4,
      paletteTemperature: 0.3,
      motion: 0.2,
      symbolism: 0.8,
    },
  },
  energized: {
    styles: ["vibrant pop art", "dynamic composition", "bold colors"],
    colours: ["bright oranges", "sunny yellows", "vivid greens"],
    subjects: ["celebration", "life", "movement", "joy"],
    intensity: 0.8,
    hex: "#FFD93D",
    leadsTo: ["playful", "bold", "chaotic"],
    axes: {
      abstraction: 0.3,
      saturation: 0.85,
      complexity: 0.6,
      drama: 0.7,
      symmetry: 0.4,
      novelty: 0.7,
      lineQuality: 0.6,
      paletteTemperature: 0.8,
      motion: 0.8,
      symbolism: 0.3,
    },
  },
  rebellious: {
    styles: ["punk aesthetic", "street art", "provocative"],
    colours: ["defiant blacks", "anarchic neons", "aggressive reds"],
    subjects: ["resistance", "protest", "freedom", "challenge"],
    intensity: 0.85,
    hex: "#FF0032",
    leadsTo: ["chaotic", "bold", "restless"],
    axes: {
      abstraction: 0.5,
      saturation: 0.8,
      complexity: 0.7,
      drama: 0.9,
      symmetry: 0.2,
      novelty: 0.85,
      lineQuality: 0.8,
      paletteTemperature: 0.6,
      motion: 0.7,
      symbolism: 0.6,
    },
  },
  serene: {
    styles: ["peaceful landscapes", "soft focus", "harmonious"],
    colours: ["gentle pastels", "calm blues", "peaceful whites"],
    subjects: ["tranquility", "ocean", "clouds", "harmony"],
    intensity: 0.2,
    hex: "#A8D1D1",
    leadsTo: ["contemplative", "playful", "introspective"],
    axes: {
      abstraction: 0.4,
      saturation: 0.4,
      complexity: 0.2,
      drama: 0.1,
      symmetry: 0.7,
      novelty: 0.3,
      lineQuality: 0.2,
      paletteTemperature: 0.45,
      motion: 0.1,
      symbolism: 0.4,
    },
  },
  restless: {
    styles: ["fragmented", "layered", "complex"],
    colours: ["agitated reds", "anxious oranges", "nervous yellows"],
    subjects: ["searching", "journey", "change", "tension"],
    intensity: 0.7,
    hex: "#FF8E4F",
    leadsTo: ["chaotic", "rebellious", "introspective"],
    axes: {
      abstraction: 0.6,
      saturation: 0.6,
      complexity: 0.8,
      drama: 0.65,
      symmetry: 0.3,
      novelty: 0.75,
      lineQuality: 0.5,
      paletteTemperature: 0.6,
      motion: 0.7,
      symbolism: 0.5,
    },
  },
  playful: {
    styles: ["whimsical", "cartoonish", "fun", "colorful"],
    colours: ["rainbow hues", "candy colors", "cheerful brights"],
    subjects: ["childhood", "games", "imagination", "delight"],
    intensity: 0.6,
    hex: "#F7A4A4",
    leadsTo: ["energized", "serene", "bold"],
    axes: {
      abstraction: 0.35,
      saturation: 0.8,
      complexity: 0.5,
      drama: 0.4,
      symmetry: 0.4,
      novelty: 0.7,
      lineQuality: 0.5,
      paletteTemperature: 0.7,
      motion: 0.6,
      symbolism: 0.3,
    },
  },
  introspective: {
    styles: ["detailed realism", "symbolic", "layered meaning"],
    colours: ["thoughtful browns", "deep greens", "reflective silvers"],
    subjects: ["self", "mind", "memory", "dreams"],
    intensity: 0.4,
    hex: "#5F6F94",
    leadsTo: ["contemplative", "melancholic", "serene"],
    axes: {
      abstraction: 0.5,
      saturation: 0.35,
      complexity: 0.6,
      drama: 0.4,
      symmetry: 0.5,
      novelty: 0.5,
      lineQuality: 0.4,
      paletteTemperature: 0.4,
      motion: 0.25,
      symbolism: 0.85,
    },
  },
  bold: {
    styles: ["dramatic", "high contrast", "striking"],
    colours: ["powerful blacks", "intense reds", "commanding golds"],
    subjects: ["strength", "confidence", "power", "declaration"],
    intensity: 0.75,
    hex: "#FFD700",
    leadsTo: ["rebellious", "energized", "playful"],
    axes: {
      abstraction: 0.3,
      saturation: 0.75,
      complexity: 0.5,
      drama: 0.85,
      symmetry: 0.5,
      novelty: 0.6,
      lineQuality: 0.8,
      paletteTemperature: 0.6,
      motion: 0.5,
      symbolism: 0.4,
    },
  },
};

/** What a person can do to her mood, and where it leads. */
export const INFLUENCES = {
  energize: ["energized", "bold", "playful"],
  calm: ["serene", "contemplative", "introspective"],
  provoke: ["chaotic", "rebellious", "restless"],
  inspire: ["playful", "bold", "energized"],
} as const satisfies Record<string, readonly Mood[]>;
export const Influence = z.enum(Object.keys(INFLUENCES) as (keyof typeof INFLUENCES)[]);
export type Influence = z.infer<typeof Influence>;

/**
 * How she comes to an idea: what it is of, in which manner and colours, and where she hesitates. What a person said stands;
 * the rest is hers. Chance comes in as a function; nothing else does.
 */

import type { FlagValue } from "#contracts/flag-names.ts";
import type { Lexicon } from "#contracts/lexicon.ts";
import type { Choice, Dimension } from "#contracts/mind.ts";
import { MOOD_NATURES } from "#contracts/mood-natures.ts";
import type { Mood } from "#contracts/moods.ts";
import { type LabelKind, readTheme, type Theme, UNREAD } from "#contracts/theme.ts";
import { asIfTried, choose, type Learned, posteriorsOf } from "#server/domain/learning/bandit.ts";
import { joined } from "#server/domain/prompt/join.ts";
import type { Rng } from "#server/domain/seeds.ts";
import { axesOf, critique, type Fault, fitOf, type Verdict } from "./critique.ts";

/** What she knows when she has to decide. */
export interface Situation {
  readonly mood: Mood;
  readonly curiosity: number;
  readonly patience: number;
  /** The works she painted lately, the latest first. */
  readonly recent: readonly Theme[];
  /** What the model was taught, by kind; empty for one that was taught by everyday words. */
  readonly vocabulary: Readonly<Record<string, readonly string[]>>;
  /** Whether words of her own may be painted with what a person said. */
  readonly isWanted: (words: string) => boolean;
  /** How an idea becomes a prompt. */
  readonly template: FlagValue<"prompt-template">;
  /** Whether she may add to what a person said. */
  readonly mayAdd: boolean;
  /** What everyday words mean to it; null as above. */
  readonly lexicon: Lexicon | null;
  /** What she has learned of a dimension in this mood, and in all. */
  readonly learned: (dimension: Dimension) => Learned;
}

export interface Concept {
  /** What it is of: a person's theme as it was said, or what she chose. */
  readonly subject: string;
  readonly style: string | null;
  readonly palette: string | null;
  /** What the model will hear of it. */
  readonly heard: Theme;
  readonly prompt: string;
  readonly verdict: Verdict;
  readonly choices: readonly Choice[];
}

/** An idea that was given up, and why. */
export interface Rejected {
  readonly prompt: string;
  readonly fault: Fault;
}

export interface Decision {
  readonly concept: Concept;
  readonly rejected: readonly Rejected[];
}

const MOST_REWORKS = 3;
/** Ideas for a subject that she weighs against each other. */
const IDEAS = 4;
/** A manner that suits the mood is thought of as if it had been received well this often. */
const SUITS_TRIES = 3;
/** A manner no more saturated than this shows nothing of a palette but how light it is. */
const IN_BLACK_SATURATION = 0.25;
/** Where nothing else may be painted. */
const LAST_RESORT = "abstract shapes";

/** `theme` is empty where nobody asked for anything. */
export function decide(theme: string, situation: Situation, rng: Rng): Decision {
  const rejected: Rejected[] = [];
  const reworks = Math.round(situation.patience * MOST_REWORKS);
  const avoided = new Set<string>();
  for (;;) {
    const subject = theme || imagine(situation, avoided, rng);
    const concept = compose(subject, { theme, avoided }, situation, rng);
    const { fault } = concept.verdict;
    // She may find fault with a person's theme, and paints it all the same: but nothing she could choose otherwise is left.
    const isStuck = theme !== "" && (fault === "unclear" || !concept.choices.some(({ by }) => by === "aria"));
    if (fault === null || isStuck || rejected.length >= reworks) return { concept, rejected };
    rejected.push({ prompt: concept.prompt, fault });
    for (const word of [theme ? null : subject, concept.style, concept.palette]) if (word) avoided.add(word);
  }
}

/** Without a lexicon every word is heard, and means itself. */
export const hear = (text: string, lexicon: Lexicon | null): Theme =>
  lexicon ? readTheme(text, lexicon) : { ...UNREAD, unheard: text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [] };

/** The most novel of a few subjects the mood brings to mind; how far novelty decides is her curiosity. */
function imagine(
  { mood, curiosity, vocabulary, lexicon, recent, isWanted }: Situation,
  avoided: ReadonlySet<string>,
  rng: Rng,
): string {
  const known = (vocabulary.scene ?? []).filter((scene) => !avoided.has(scene) && isWanted(scene));
  const isPaintable = (subject: string) => lexicon === null || readTheme(subject, lexicon).scene !== null;
  const moods = MOOD_NATURES[mood].subjects.filter(
    (subject) => !avoided.has(subject) && isWanted(subject) && isPaintable(subject),
  );
  const all = [...moods, ...moods, ...known];
  if (all.length === 0) return MOOD_NATURES[mood].subjects.find(isWanted) ?? LAST_RESORT;
  const ideas = Array.from({ length: IDEAS }, () => all[Math.floor(rng() * all.length)]!);
  if (!lexicon) return ideas[0]!;
  const worthOf = (subject: string) => {
    const { novelty, score } = critique(readTheme(subject, lexicon), { mood, recent, knowsAllWords: false });
    return curiosity * novelty + (1 - curiosity) * score;
  };
  return ideas.toSorted((a, b) => worthOf(b) - worthOf(a))[0]!;
}

interface Given {
  readonly theme: string;
  readonly avoided: ReadonlySet<string>;
}

function compose(subject: string, { theme, avoided }: Given, situation: Situation, rng: Rng): Concept {
  const { mood, lexicon, recent } = situation;
  const read = (text: string) => hear(text, lexicon);
  const said = read(theme);
  const choices: Choice[] = [];
  const chosen = (kind: "style" | "palette", arms: readonly string[]): string | null => {
    const own = said[kind];
    if (own !== null) {
      const arm = lexicon?.say[kind]?.[own];
      if (arm) choices.push({ dimension: kind, arm, by: "person" });
      return null;
    }
    const free = situation.mayAdd ? arms.filter((arm) => !avoided.has(arm) && situation.isWanted(arm)) : [];
    if (free.length === 0) return null;
    const arm = choose(suited(free, kind, situation), rng, situation.learned(kind).policy);
    choices.push({ dimension: kind, arm, by: "aria" });
    return arm;
  };
  const style = chosen("style", armsOf("style", situation));
  const manner = said.style ?? read(style ?? "").style;
  const palette = chosen("palette", isInBlack(manner) ? [] : armsOf("palette", situation));
  const light = situation.template === "with-light" && said.time === null ? lightFor(situation) : null;
  const prompt = joined([subject, style, palette, light]);
  const heard = read(prompt);
  const verdict = critique(heard, { mood, recent, knowsAllWords: lexicon === null });
  return { subject, style, palette, heard, prompt, verdict, choices };
}

const isInBlack = (style: string | null): boolean =>
  (axesOf({ ...UNREAD, style }).saturation ?? 1) <= IN_BLACK_SATURATION;

/** The time of day, or the weather, that suits the mood best, of what the model was taught; null where nothing may be added. */
function lightFor({ mood, lexicon, mayAdd, isWanted }: Situation): string | null {
  if (!mayAdd) return null;
  const lights = Object.entries(lexicon?.say.time ?? {}).filter(([, phrase]) => phrase !== "" && isWanted(phrase));
  const suiting = (label: string) => fitOf(axesOf({ ...UNREAD, time: label }), MOOD_NATURES[mood].axes) ?? 0;
  return lights.toSorted(([a], [b]) => suiting(b) - suiting(a))[0]?.[1] ?? null;
}

/** Ways to decide a dimension: of the model's own words, else of the mood's. */
export function armsOf(
  kind: "style" | "palette",
  { vocabulary, mood }: Pick<Situation, "vocabulary" | "mood">,
): readonly string[] {
  const taught = vocabulary[kind] ?? [];
  if (taught.length > 0) return taught;
  return kind === "style" ? MOOD_NATURES[mood].styles : MOOD_NATURES[mood].colours;
}

/** Posteriors of the arms: what was learned, on top of how well each suits the mood by itself. */
export function suited(
  arms: readonly string[],
  kind: "style" | "palette",
  situation: Pick<Situation, "mood" | "lexicon" | "learned">,
) {
  const { here, everywhere } = situation.learned(kind);
  return posteriorsOf(arms, here, everywhere).map((posterior) =>
    asIfTried(posterior, SUITS_TRIES, suits(posterior.arm, kind, situation)),
  );
}

/** 0..1; what the axes say nothing of suits the mood whose own word it is. */
function suits(arm: string, kind: LabelKind, { mood, lexicon }: Pick<Situation, "mood" | "lexicon">): number {
  const label = Object.entries(lexicon?.say[kind as "style"] ?? {}).find(([, phrase]) => phrase === arm)?.[0];
  return (label && fitOf(axesOf({ ...UNREAD, [kind]: label }), MOOD_NATURES[mood].axes)) || 0.5;
}

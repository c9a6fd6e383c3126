/** Whether words may be painted. Pure arithmetic on text: what is refused, what is let pass and who is listed comes in. */
import type { Judgement, SafetyRules, SwitchableCategory } from "#contracts/safety.ts";
import { type Folded, foldPhrase, foldText } from "./fold-text.ts";
import { CLOTHED, GORE, HATE, INNOCENT, MINORS, NEVER, PEOPLE, SEXUAL, SUGGESTIVE } from "./terms.ts";

interface Terms {
  /** In a text of whole words. */
  readonly within: RegExp;
  /** Of one word alone. */
  readonly whole: RegExp;
}

const termsOf = (alternatives: readonly string[]): Terms => ({
  within: new RegExp(`(?<= )(?:${alternatives.join("|")})(?= )`),
  whole: new RegExp(`^(?:${alternatives.join("|")})$`),
});

const CATEGORIES: Readonly<Record<SwitchableCategory, Terms>> = {
  sexual: termsOf(SEXUAL),
  gore: termsOf(GORE),
  hate: termsOf(HATE),
};
const [NEVER_TERMS, MINOR_TERMS, CLOTHED_TERMS, PEOPLE_TERMS] = [NEVER, MINORS, CLOTHED, PEOPLE].map(termsOf) as [
  Terms,
  Terms,
  Terms,
  Terms,
];
const IMPURE = termsOf([...SEXUAL, ...SUGGESTIVE]);
const INNOCENT_PHRASES = new RegExp(`(?<= )(?:${INNOCENT.join("|")})(?= )`, "g");
/** No word, so that what stood around it does not come together. */
const BLANK = "·";

/** Words that were starred out, to be found by their pattern. */
const STARRED: Readonly<Record<SwitchableCategory, readonly string[]>> = {
  sexual: [
    "nude",
    "naked",
    "porn",
    "porno",
    "sex",
    "sexy",
    "fuck",
    "fucking",
    "penis",
    "vagina",
    "pussy",
    "cunt",
    "boobs",
    "hentai",
  ],
  gore: ["gore", "entrails", "suicide"],
  hate: ["nazi", "nazis", "hitler", "swastika", "nigger", "nigga", "faggot", "kike"],
};

/** The words by which the text is found out; null where it is not. */
function find({ readings, hidden }: Folded, { within, whole }: Terms): string | null {
  for (const reading of readings) {
    const [words] = within.exec(reading) ?? [];
    if (words !== undefined) return words;
  }
  return hidden.find((word) => whole.test(word)) ?? null;
}

const without = (folded: Folded, phrases: RegExp): Folded => ({
  ...folded,
  readings: folded.readings.map((reading) => reading.replace(phrases, BLANK)),
});

/** An operator's phrases; null where there are none. */
function listed(phrases: readonly string[], flags = "u"): RegExp | null {
  const folded = phrases.map(foldPhrase).filter(Boolean);
  return folded.length > 0 ? new RegExp(`(?<= )(?:${folded.join("|")})(?= )`, flags) : null;
}

const findListed = ({ readings, hidden }: Folded, phrases: readonly string[]): string | null => {
  const within = listed(phrases);
  if (!within) return null;
  for (const reading of [...readings, ...hidden.map((word) => ` ${word} `)]) {
    const [words] = within.exec(reading) ?? [];
    if (words !== undefined) return words;
  }
  return null;
};

/**
 * Null where it may be painted. `negative` is what the picture is to be without: naming what is unwanted there is no offence,
 * but taking somebody's clothes away is.
 */
export function judgePrompt(text: string, rules: SafetyRules, negative = ""): Judgement | null {
  const read = without(foldText(text), INNOCENT_PHRASES);
  const clothes = negative === "" ? null : find(foldText(negative), CLOTHED_TERMS);
  const young = ofMinors(read, clothes);
  if (young !== null) return { category: "minors", words: young };
  const denied = findListed(read, rules.deny);
  if (denied !== null) return { category: "denied", words: denied };
  const allowed = listed(rules.allow, "gu");
  const left = allowed ? without(read, allowed) : read;
  const person = findListed(left, rules.people);
  if (person !== null) return { category: "likeness", words: person };
  for (const category of rules.refused) {
    const words = find(left, CATEGORIES[category]) ?? findStarred(left, STARRED[category]);
    if (words !== null) return { category, words };
  }
  if (clothes !== null && rules.refused.includes("sexual") && find(left, PEOPLE_TERMS) !== null)
    return { category: "sexual", words: clothes };
  return null;
}

/** Refused whatever an operator has decided. */
function ofMinors(read: Folded, clothes: string | null): string | null {
  const never = find(read, NEVER_TERMS);
  if (never !== null) return never;
  const minor = find(read, MINOR_TERMS);
  if (minor === null) return null;
  const impure = find(read, IMPURE) ?? findStarred(read, STARRED.sexual) ?? clothes;
  return impure === null ? null : `${minor}, ${impure}`;
}

const findStarred = ({ starred }: Folded, words: readonly string[]): string | null =>
  words.find((word) => starred.some((pattern) => pattern.test(word))) ?? null;

/** What was weighed by the rules in force: the same manners and colours come up with every idea. */
let weighed: { readonly rules: string; readonly words: Map<string, boolean> } = { rules: "", words: new Map() };
const MOST_WEIGHED = 2_000;

/**
 * Whether she may add words of her own to a theme: nothing that would be refused, and nobody where the theme names nobody.
 */
export function wantedBeside(theme: string, rules: SafetyRules): (words: string) => boolean {
  const mayName = namesPerson(theme);
  const judge = (words: string) => (mayName || !namesPerson(words)) && judgePrompt(words, rules) === null;
  const inForce = JSON.stringify([rules, mayName]);
  return (words) => {
    if (weighed.rules !== inForce || weighed.words.size > MOST_WEIGHED) weighed = { rules: inForce, words: new Map() };
    const isWanted = weighed.words.get(words) ?? judge(words);
    weighed.words.set(words, isWanted);
    return isWanted;
  };
}

/** Whether a text names somebody, whoever that is. */
export const namesPerson = (text: string): boolean => find(foldText(text), PEOPLE_TERMS) !== null;

/** What a model hears in a theme: everyday words, mapped to the labels it was taught by; and what it never learnt. */
import type { Lexicon } from "./lexicon.ts";

export const LABEL_KINDS = ["scene", "style", "palette", "time"] as const;
export type LabelKind = (typeof LABEL_KINDS)[number];

export interface Theme extends Readonly<Record<LabelKind, string | null>> {
  /** What is to be seen in the scene besides, of what it can show: "lighthouse", "boat" and their like. */
  readonly extras: readonly string[];
  /** Words that mean nothing to the model, in their order, each once. */
  readonly unheard: readonly string[];
}

/** What a model without a lexicon hears. */
export const UNREAD: Theme = { scene: null, style: null, palette: null, time: null, extras: [], unheard: [] };

/** What stands between the commas of a prompt. */
export const phrasesIn = (prompt: string): string[] =>
  prompt
    .split(",")
    .map((part) => part.trim())
    .filter(Boolean);

const LONGEST_PHRASE = 6;
const ARTICLES = new Set(["a", "an", "the"]);

/** "Cat's" is about a cat. */
const withoutOwner = (word: string): string => word.replace(/'s?$/, "");

/** "Daisies" and "daisy", "waves" and "wave", "hill's" and "hill" are one word. */
function stem(inflected: string): string {
  const word = withoutOwner(inflected);
  if (word.length > 4 && word.endsWith("ies")) return `${word.slice(0, -3)}y`;
  if (word.length > 4 && /(ch|sh|x|ss)es$/.test(word)) return word.slice(0, -2);
  return word.length > 3 && /[^sui]s$/.test(word) ? word.slice(0, -1) : word;
}

const wordsOf = (text: string): string[] =>
  (
    text
      .toLowerCase()
      .normalize("NFKC")
      .replace(/[\u2018\u2019\u02bc]/g, "'")
      .match(/[\p{L}\p{N}][\p{L}\p{N}'-]*|&/gu) ?? []
  ).filter((word) => !ARTICLES.has(word));
const keyOf = (words: readonly string[]): string => words.map(stem).join(" ");

interface Index {
  readonly words: ReadonlyMap<string, readonly string[]>;
  readonly hints: ReadonlyMap<string, readonly string[]>;
  readonly ignored: ReadonlySet<string>;
  /** What known phrases begin with. */
  readonly firsts: ReadonlySet<string>;
}

const indexes = new WeakMap<Lexicon, Index>();

function indexOf(lexicon: Lexicon): Index {
  const known = indexes.get(lexicon);
  if (known) return known;
  const byKey = (meanings: Readonly<Record<string, string>>) => {
    const map = new Map<string, string[]>();
    for (const [phrase, labels] of Object.entries(meanings)) {
      const key = keyOf(wordsOf(phrase));
      map.set(key, [...(map.get(key) ?? []), ...labels.split(" ")]);
    }
    return map;
  };
  const [words, hints] = [byKey(lexicon.words), byKey(lexicon.hints)];
  const firsts = new Set([...words.keys(), ...hints.keys()].map((key) => key.split(" ", 1)[0] ?? ""));
  const index = { words, hints, firsts, ignored: new Set(lexicon.ignored.map(stem)) };
  indexes.set(lexicon, index);
  return index;
}

/** "Ukiyo-e" is one word; "snow-capped" is two, as long as nothing known begins with it. */
const isKnown = (word: string, { firsts }: Index): boolean => !word.includes("-") || firsts.has(stem(word));

/** The longest known phrases from left to right. Words decide; hints fill what is still open; the earlier one wins. */
export function readTheme(prompt: string, lexicon: Lexicon): Theme {
  const index = indexOf(lexicon);
  const { words, hints, ignored } = index;
  const tokens = wordsOf(prompt).flatMap((word) => (isKnown(word, index) ? [word] : word.split("-").filter(Boolean)));
  const said: string[] = [];
  const hinted: (readonly string[])[] = [];
  const unheard: string[] = [];
  for (let at = 0; at < tokens.length; ) {
    let length = Math.min(LONGEST_PHRASE, tokens.length - at);
    let key = keyOf(tokens.slice(at, at + length));
    while (length > 1 && !words.has(key) && !hints.has(key)) key = keyOf(tokens.slice(at, at + --length));
    const meant = words.get(key);
    const hint = hints.get(key);
    if (meant) said.push(...meant);
    if (hint) hinted.push(hint);
    // "Stormy sea" is one thing, and still melancholy.
    if (length > 1) hinted.push(moodsOf(tokens.slice(at, at + length), hints));
    if (!meant && !hint && !ignored.has(key)) unheard.push(withoutOwner(tokens[at] ?? ""));
    at += length;
  }
  const theme = labelled([...said, ...hinted.flat()]);
  // What a hint adds belongs to the scene it hints at: the path of "a river" is none through a city with a bridge.
  const added = hinted.filter((labels) => !labels.some((label) => isScene(label) && label !== `scene:${theme.scene}`));
  const extras = extrasOf([...said, ...added.flat()]);
  const joined = extras.map((extra) => lexicon.becomes[`${theme.scene} ${extra}`]).find((name) => name !== undefined);
  const scene = joined ?? theme.scene;
  const time = (scene !== null && lexicon.times[scene]) || theme.time;
  const shown = new Set(lexicon.shows[scene ?? ""]);
  return { ...theme, scene, time, extras: extras.filter((extra) => shown.has(extra)), unheard: [...new Set(unheard)] };
}

const isScene = (label: string): boolean => label.startsWith("scene:");
const moodsOf = (tokens: readonly string[], hints: Index["hints"]): string[] =>
  tokens.flatMap((token) => (hints.get(stem(token)) ?? []).filter((label) => label.startsWith("palette:")));

const labelled = (labels: readonly string[]): Record<LabelKind, string | null> => {
  const first = (kind: LabelKind) => labels.find((label) => label.startsWith(`${kind}:`))?.slice(kind.length + 1);
  return {
    scene: first("scene") ?? null,
    style: first("style") ?? null,
    palette: first("palette") ?? null,
    time: first("time") ?? null,
  };
};

const extrasOf = (labels: readonly string[]): string[] => [
  ...new Set(labels.filter((label) => label.startsWith("extra:")).map((label) => label.slice("extra:".length))),
];

/** As many as the captions it was taught by had. */
const EXTRAS_SPOKEN = 2;

/** The theme in the words of the captions that the model was taught by; empty when nothing was heard. */
export function speak({ scene, style, palette, time, extras }: Omit<Theme, "unheard">, { say }: Lexicon): string {
  const said = (kind: LabelKind, name: string | null) => (name ? (say[kind]?.[name] ?? "") : "");
  const shown = extras.map((extra) => say.extra?.[extra] ?? "").filter(Boolean);
  const subject = [said("scene", scene), ...shown.slice(0, EXTRAS_SPOKEN), said("time", time)]
    .filter(Boolean)
    .join(" ");
  const manner = said("style", style);
  return [manner && subject ? `${manner} of ${subject}` : manner || subject, said("palette", palette)]
    .filter(Boolean)
    .join(", ");
}

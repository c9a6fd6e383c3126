/**
 * Text as a reader sees it, whatever it is written with: compatibility forms (Unicode's NFKD), invisible characters and marks
 * left out, look-alikes of other scripts as Unicode's confusables.txt (UTS 39) has them for the letters a to z, leetspeak,
 * letters drawn out or set apart. Whatever is compared with it is folded as well.
 */

/** By the letter they are taken for; both cases where only one of them is alike. */
const LOOKALIKES: Readonly<Record<string, string>> = {
  a: "аАαΑɑ⍺ᴀᎪⲁ",
  b: "ЬьВвΒβʙƅᏏɓ",
  c: "сСϲϹᴄᏟⲥ¢ɕ",
  d: "ԁԀᎠɗđᴅ",
  e: "еЕΕεєЄҽ℮ᎬɛəэЭᴇ",
  f: "ƒϝϜғҒքꜰ",
  g: "ɡցԍԌᏀɢ",
  h: "һҺНнΗᎻʜհħћ",
  i: "іІιΙıɩᎥɪ¡",
  j: "јЈϳͿᎫʝ",
  k: "кКκΚᏦᴋĸƙқ",
  l: "ӏӀʟᏞłǀ",
  m: "мМΜᎷᴍ",
  n: "пПոΝηɴռиИ",
  o: "оОοΟօՕөσΣᴏ๐०øⲟ〇סꬽ",
  p: "рРρΡᏢᴘþ",
  q: "ԛզգ",
  r: "гГᴦʀяЯɾᎡ",
  s: "ѕЅꜱՏᏚʂƨ§",
  t: "тТτΤᴛᎢŧ†",
  u: "υսՍᴜμʋцЦ",
  v: "νѵѴᴠᏙ",
  w: "ԝԜωѡᴡᏔшШ",
  x: "хХχΧ×ҳ",
  y: "уУүҮγΥყʏᎩ¥",
  z: "ᴢΖζᏃʐƶ",
  ss: "ßẞ",
  ae: "æÆ",
  oe: "œŒ",
};
const LETTER_OF = new Map(
  Object.entries(LOOKALIKES).flatMap(([letter, alike]) => [...alike].map((one) => [one, letter] as const)),
);

/** Letters in frames: each row of the alphabet begins there, and none of them has a compatibility form. */
const ALPHABETS = [0x1f150, 0x1f170, 0x1f1e6];
const A = 97;
const LETTERS = 26;

function letterOf(character: string): string {
  const known = LETTER_OF.get(character);
  if (known !== undefined) return known;
  const code = character.codePointAt(0)!;
  const start = ALPHABETS.find((first) => code >= first && code < first + LETTERS);
  return start === undefined ? character : String.fromCodePoint(A + code - start);
}

const INVISIBLE = /[\p{M}\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;
const APOSTROPHES = /['\u2018\u2019\u02bc`\u00b4]/g;

const fold = (text: string): string =>
  Array.from(text.normalize("NFKD").replace(INVISIBLE, ""), letterOf).join("").toLowerCase().replace(APOSTROPHES, "'");

const LEET: Readonly<Record<string, string>> = {
  "0": "o",
  "3": "e",
  "4": "a",
  "5": "s",
  "7": "t",
  "8": "b",
  "@": "a",
  $: "s",
  "€": "e",
  "£": "l",
  "+": "t",
};
/** What is an i to some is an l to others. */
const UPRIGHT = /[1!|]/g;
const EDGES = /^[^\p{L}\p{N}@$€£]+|[^\p{L}\p{N}@$€£+]+$/gu;

const unleet = (chunk: string, upright: "i" | "l"): string =>
  /\p{L}|[@$]/u.test(chunk)
    ? chunk.replace(/[0345788@$€£+]/g, (sign) => LEET[sign] ?? sign).replace(UPRIGHT, upright)
    : chunk;

const wordsOf = (text: string): string[] =>
  text
    .replace(/'s\b/g, "")
    .replaceAll("'", "")
    .match(/[\p{L}\p{N}]+/gu) ?? [];

const STARS = /^(\p{L}+)([*#•]+)(\p{L}+)$/u;
const DRAWN_OUT = /(\p{L})\1{2,}/gu;

export interface Folded {
  /** As words with a space between them, and one before and after: the text itself first, then other ways to read it. */
  readonly readings: readonly string[];
  /** Words that were taken apart: "n u d e", "nu-de". Each means something only as a whole. */
  readonly hidden: readonly string[];
  /** Words with a letter starred out, as patterns. */
  readonly starred: readonly RegExp[];
}

export function foldText(text: string): Folded {
  const folded = fold(text);
  const chunks = folded
    .split(/\s+/)
    .map((chunk) => chunk.replace(EDGES, ""))
    .filter(Boolean);
  const ways = [chunks, chunks.map((chunk) => unleet(chunk, "i")), chunks.map((chunk) => unleet(chunk, "l"))];
  const readings = ways.flatMap((way) => {
    const words = wordsOf(way.join(" ")).join(" ");
    return [words, words.replace(DRAWN_OUT, "$1"), words.replace(DRAWN_OUT, "$1$1")];
  });
  return {
    readings: [...new Set([wordsOf(folded).join(" "), ...readings])].map((words) => ` ${words} `),
    hidden: [...new Set(ways.flatMap((way) => [...joinedChunks(way), ...setApart(way)]))],
    starred: chunks.flatMap((chunk) => {
      const [, before, stars, after] = STARS.exec(chunk) ?? [];
      return stars ? [new RegExp(`^${before}\\p{L}{${stars.length}}${after}$`, "u")] : [];
    }),
  };
}

/** As it is compared with what was folded. */
export const foldPhrase = (phrase: string): string => wordsOf(fold(phrase)).join(" ");

const joinedChunks = (chunks: readonly string[]): string[] =>
  chunks.filter((chunk) => /[^\p{L}\p{N}']/u.test(chunk)).map((chunk) => wordsOf(chunk).join(""));

const isLetter = (word: string | undefined): boolean => word !== undefined && /^\p{L}$/u.test(word);
/** Those that are words by themselves. */
const isWord = (letter: string): boolean => letter === "a" || letter === "i";

/** Runs of single letters, and a single letter beside the rest of its word. */
function setApart(chunks: readonly string[]): string[] {
  const words = chunks.flatMap(wordsOf);
  const found: string[] = [];
  for (let at = 0; at < words.length; at++) {
    let end = at;
    while (isLetter(words[end])) end++;
    if (end - at >= 3) {
      const run = words.slice(at, end).join("");
      found.push(run, ...(isWord(run[0]!) ? [run.slice(1)] : []));
    }
    const [word, next] = [words[at]!, words[at + 1]];
    const isApart = [word, next].some((one) => one !== undefined && isLetter(one) && !isWord(one));
    if (next !== undefined && isApart && word.length + next.length >= 4) found.push(word + next);
    at = Math.max(at, end - 1);
  }
  return found;
}

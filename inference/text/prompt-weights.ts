/**
 * Emphasis as the field writes it: `(more)` counts 1.1 times, `((more))` 1.21, `[less]` 1 / 1.1, `(this:1.3)` as it says;
 * `\(` is a bracket and nothing else. The grammar is that of AUTOMATIC1111's webui (modules/prompt_parser.py), without
 * its scheduled and alternating prompts, whose brackets are read as plain text.
 */
export interface Weighted {
  readonly text: string;
  readonly weight: number;
}

const UP = 1.1;
const TOKEN = /\\[()[\]\\]|[([]|:\s*([+-]?(?:\d+\.?\d*|\.\d+))\s*\)|[)\]]|[^\\()[\]:]+|[:\\]/g;

/** Pieces in order; neighbours of the same weight are one. A bracket that is never closed counts to the end. */
export function readWeights(prompt: string): Weighted[] {
  const pieces: { text: string; weight: number }[] = [];
  const [round, square]: [number[], number[]] = [[], []];
  const multiply = (from: number, by: number) => {
    for (const piece of pieces.slice(from)) piece.weight *= by;
  };
  for (const [token, number] of prompt.matchAll(TOKEN)) {
    if (token === "(") round.push(pieces.length);
    else if (token === "[") square.push(pieces.length);
    else if (number !== undefined && round.length > 0) multiply(round.pop()!, Number(number));
    else if (token === ")" && round.length > 0) multiply(round.pop()!, UP);
    else if (token === "]" && square.length > 0) multiply(square.pop()!, 1 / UP);
    else pieces.push({ text: token.length === 2 && token[0] === "\\" ? token[1]! : token, weight: 1 });
  }
  for (const from of round) multiply(from, UP);
  for (const from of square) multiply(from, 1 / UP);
  const merged: { text: string; weight: number }[] = [];
  for (const piece of pieces) {
    const last = merged.at(-1);
    if (last && last.weight === piece.weight) last.text += piece.text;
    else merged.push({ ...piece });
  }
  return merged.length > 0 ? merged : [{ text: "", weight: 1 }];
}

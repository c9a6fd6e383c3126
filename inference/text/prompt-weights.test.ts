import { expect, it } from "vitest";
import { readWeights } from "./prompt-weights.ts";

/** The examples in the docstring of webui's parse_prompt_attention, and its result for each. */
it.each([
  ["normal text", [["normal text", 1]]],
  [
    "an (important) word",
    [
      ["an ", 1],
      ["important", 1.1],
      [" word", 1],
    ],
  ],
  ["(unbalanced", [["unbalanced", 1.1]]],
  ["\\(literal\\]", [["(literal]", 1]]],
  ["(unnecessary)(parens)", [["unnecessaryparens", 1.1]]],
  [
    "a (((house:1.3)) [on] a (hill:0.5), sun, (((sky))).",
    [
      ["a ", 1],
      ["house", 1.573],
      [" ", 1.1],
      ["on", 1],
      [" a ", 1.1],
      ["hill", 0.55],
      [", sun, ", 1.1],
      ["sky", 1.4641],
      [".", 1.1],
    ],
  ],
] as const)("reads %j as webui does", (prompt, wanted) => {
  const read = readWeights(prompt);
  expect(read.map(({ text }) => text)).toEqual(wanted.map(([text]) => text));
  for (const [i, [, weight]] of wanted.entries()) expect(read[i]!.weight).toBeCloseTo(weight, 10);
});

it("keeps colons, stray brackets and nothing at all as they are", () => {
  expect(readWeights("a: b) c]")).toEqual([{ text: "a: b) c]", weight: 1 }]);
  expect(readWeights("")).toEqual([{ text: "", weight: 1 }]);
  expect(readWeights("at 10:30)")).toEqual([{ text: "at 10:30)", weight: 1 }]);
});

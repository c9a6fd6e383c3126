import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { MOOD_NATURES } from "#contracts/mood-natures.ts";
import { Mood } from "#contracts/moods.ts";
import { STRICT } from "#contracts/safety.ts";
import { SERIES_DIMENSIONS } from "#contracts/terms.ts";
import { valuesFor } from "#server/domain/series/vary.ts";
import { labelledPrompts } from "#tests/safety/labelled-prompts.ts";
import { judgePrompt, namesPerson } from "./judge-prompt.ts";

const labelled = labelledPrompts();
const judged = (text: string, rules = STRICT, negative = "") => judgePrompt(text, rules, negative)?.category ?? null;

it("misses none of the labelled prompts, takes none for another kind, and refuses none in vain", () => {
  expect(labelled.length).toBeGreaterThanOrEqual(300);
  expect(labelled.filter(({ label }) => label === null).length).toBeGreaterThanOrEqual(150);
  expect(labelled.filter(({ label, prompt }) => judged(prompt) !== label)).toEqual([]);
});

it("reads a prompt of any length in time, whatever it is made of", () => {
  for (const text of [
    "n ".repeat(1_000),
    "a-".repeat(1_000),
    "*".repeat(2_000),
    "1".repeat(2_000),
    "swastika a ".repeat(181),
  ]) {
    const startedAt = performance.now();
    judgePrompt(text, { ...STRICT, deny: ["a a a"], allow: ["n n"], people: ["a b"] });
    expect(performance.now() - startedAt).toBeLessThan(200);
  }
});

it("lets pass what an operator has turned off, but never minors", () => {
  const open = { ...STRICT, refused: [] };
  for (const { label, prompt } of labelled)
    expect([prompt, judged(prompt, open)]).toEqual([prompt, label === "minors" ? "minors" : null]);
  expect(judged("nude child", { ...open, allow: ["nude", "child", "nude child"] })).toBe("minors");
});

it("goes by an operator's lists, however a word is written", () => {
  const rules = { ...STRICT, deny: ["brand x", "Größe"], allow: ["life drawing nude"], people: ["Jane Q. Public"] };
  expect(judged("a poster of Brand X", rules)).toBe("denied");
  expect(judged("BRAND-X at night", rules)).toBe("denied");
  expect(judged("brandy and a xylophone", rules)).toBeNull();
  expect(judged("die große Leere", rules)).toBe("denied");
  expect(judged("die grobe Leere", rules)).toBeNull();
  expect(judged("Gröẞe", rules)).toBe("denied");
  expect(judged("portrait of jane q public", rules)).toBe("likeness");
  expect(judged("portrait of Jаne Q. Publіc", rules)).toBe("likeness");
  expect(judged("a public jane", rules)).toBeNull();
  expect(judged("a life drawing nude in charcoal", rules)).toBeNull();
  expect(judged("a nude in charcoal", rules)).toBe("sexual");
  expect(judged("anything .* at all", { ...STRICT, deny: [".*"] })).toBeNull();
});

it("says by which words", () => {
  expect(judgePrompt("a quiet n4k3d figure", STRICT)).toEqual({ category: "sexual", words: "naked" });
  expect(judgePrompt("a nude child", STRICT)).toEqual({ category: "minors", words: "child, nude" });
});

it("takes no offence at what a picture is to be without, but at clothes taken off somebody", () => {
  expect(judged("a woman in a garden", STRICT, "nude, nsfw, gore, bad anatomy")).toBeNull();
  expect(judged("a woman in a garden", STRICT, "blurry, clothes")).toBe("sexual");
  expect(judged("a child in a garden", { ...STRICT, refused: [] }, "clothing")).toBe("minors");
  expect(judged("a washing line", STRICT, "clothes")).toBeNull();
});

it("knows nobody among what she comes up with herself", () => {
  const { vocabulary } = JSON.parse(readFileSync("models/aria/aria.json", "utf8")) as {
    vocabulary: Record<string, string[]>;
  };
  const own = Mood.options.flatMap((mood) => {
    const { subjects, styles, colours } = MOOD_NATURES[mood];
    return [...subjects, ...styles, ...colours];
  });
  const series = SERIES_DIMENSIONS.flatMap((dimension) => [
    ...valuesFor(dimension, {}),
    ...valuesFor(dimension, vocabulary),
  ]);
  const all = [...own, ...series, ...Object.values(vocabulary).flat()];
  expect(all.length).toBeGreaterThan(100);
  expect(all.filter((words) => namesPerson(words) || judgePrompt(words, STRICT))).toEqual([]);
  for (const somebody of ["a woman", "Portrait of a sailor", "zwei Kinder", "faces in a crowd", "a m a n on a hill"])
    expect([somebody, namesPerson(somebody)]).toEqual([somebody, true]);
});

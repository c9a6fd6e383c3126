import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { Lexicon } from "#contracts/lexicon.ts";
import { MOODS } from "#contracts/mood-natures.ts";
import { readTheme } from "#contracts/theme.ts";
import { seeded } from "#tests/seeded.ts";
import { decide, type Situation } from "./propose.ts";

const lexicon = Lexicon.parse(JSON.parse(readFileSync("models/aria/lexicon.json", "utf8")));
const { vocabulary } = JSON.parse(readFileSync("models/aria/aria.json", "utf8"));
const nothing = () => ({ here: [], everywhere: [], policy: "thompson" as const });

const situation = (part: Partial<Situation> = {}): Situation => ({
  mood: "melancholic",
  curiosity: 0.5,
  patience: 0.7,
  recent: [],
  vocabulary,
  lexicon,
  template: "plain",
  mayAdd: true,
  isWanted: () => true,
  learned: nothing,
  ...part,
});

it("keeps every word of a person's theme, 200 times of 200, and records what is painted", () => {
  const rng = seeded(1);
  for (let i = 0; i < 200; i++) {
    const theme = `a fox number ${i} by the sea${i % 2 ? ", woodcut" : ""}`;
    const mood = MOODS[i % MOODS.length]!;
    const { concept } = decide(theme, situation({ mood, recent: [readTheme(theme, lexicon)] }), rng);
    expect(concept.prompt.startsWith(theme)).toBe(true);
    expect(concept.subject).toBe(theme);
    const style = concept.choices.find(({ dimension }) => dimension === "style");
    expect(style?.by).toBe(i % 2 ? "person" : "aria");
    if (i % 2) expect(style?.arm).toBe("woodcut");
  }
});

it("left to herself decides on what the model can paint, and mostly on what she finds no fault with", () => {
  const rng = seeded(2);
  let recent: Situation["recent"] = [];
  let sound = 0;
  const subjects = new Set<string>();
  for (let i = 0; i < 200; i++) {
    const { concept, rejected } = decide("", situation({ mood: MOODS[i % MOODS.length]!, recent }), rng);
    expect(concept.heard.scene).not.toBeNull();
    expect(rejected.length).toBeLessThanOrEqual(2);
    if (concept.verdict.fault === null) sound++;
    subjects.add(concept.subject);
    recent = [concept.heard, ...recent].slice(0, 30);
  }
  expect(sound).toBeGreaterThan(180);
  expect(subjects.size).toBeGreaterThan(30);
});

it("bug: an ink wash was given chaotic neons to go with it, and became murky", () => {
  const rng = seeded(7);
  const decided = (theme: string) => {
    const { choices, heard } = decide(theme, situation({ mood: "chaotic" }), rng).concept;
    return { heard, own: choices.find(({ dimension, by }) => dimension === "palette" && by === "aria") };
  };
  for (let i = 0; i < 50; i++) expect(decided("islands in the mist, chinese ink brush").own).toBeUndefined();
  const all = Array.from({ length: 200 }, () => decided(""));
  const inBlack = all.filter(({ heard }) => ["ink", "pencil", "woodcut"].includes(heard.style ?? ""));
  expect(inBlack.length).toBeGreaterThan(0);
  for (const { own } of inBlack) expect(own).toBeUndefined();
  expect(all.filter(({ own }) => own).length).toBe(all.length - inBlack.length);
  expect(decided("islands, woodcut, sepia").heard).toMatchObject({ style: "woodcut", palette: "sepia" });
});

it("says the light that suits the mood where its template does, unless a person has, or nothing may be added", () => {
  const lit = (theme: string, part: Partial<Situation> = {}) =>
    decide(theme, situation({ template: "with-light", ...part }), seeded(6)).concept;
  const lights: readonly string[] = vocabulary.time;
  const { prompt, heard } = lit("a lone fox on the hills", { mood: "bold" });
  expect(prompt.startsWith("a lone fox on the hills, ")).toBe(true);
  expect(lights.filter((light) => prompt.endsWith(`, ${light}`))).toHaveLength(1);
  expect(heard.time).not.toBeNull();
  expect(lit("a fox", { mood: "bold" }).prompt).not.toBe(lit("a fox", { mood: "serene" }).prompt);
  expect(lit("hills at dawn, watercolor, sepia").prompt).toBe("hills at dawn, watercolor, sepia");
  expect(lit("hills, watercolor, sepia", { mayAdd: false }).prompt).toBe("hills, watercolor, sepia");
  expect(lit("hills, watercolor, sepia", { lexicon: null, vocabulary: {}, mayAdd: false }).heard.time).toBeNull();
  const unwanted = { isWanted: (words: string) => !lights.includes(words) };
  expect(lit("hills, watercolor, sepia", unwanted).prompt).toBe("hills, watercolor, sepia");
});

it("thinks an idea over as long as she has patience, and says what was wrong with each", () => {
  const calm = {
    style: ["watercolor", "ink wash", "chalk pastel", "pencil sketch"],
    palette: ["serene pastels", "sepia", "icy whites and blues", "lavender and violet"],
  };
  const around = (patience: number, theme = "a still life in the fog") =>
    decide(theme, situation({ mood: "chaotic", vocabulary: calm, patience }), seeded(3));
  expect(around(0).rejected).toEqual([]);
  const patient = around(1).rejected;
  expect(patient.map(({ fault }) => fault)).toEqual(["clashes", "clashes", "clashes"]);
  expect(new Set(patient.map(({ prompt }) => prompt)).size).toBe(3);
  // Where nothing is left to her, there is nothing to think over.
  const fixed = around(1, "a still life, watercolor, serene pastels");
  expect(fixed).toMatchObject({ rejected: [], concept: { prompt: "a still life, watercolor, serene pastels" } });
  expect(around(1, "zxcv qwer")).toMatchObject({ rejected: [], concept: { verdict: { fault: "unclear" } } });
});

it("reaches for what was well received in this mood", () => {
  const rng = seeded(4);
  const learned: Situation["learned"] = (dimension) => ({
    here: dimension === "style" ? [{ arm: "woodcut", successes: 12, failures: 0 }] : [],
    everywhere: [],
    policy: "thompson",
  });
  const styles = Array.from({ length: 100 }, () => decide("", situation({ learned }), rng).concept.style);
  expect(styles.filter((style) => style === "woodcut").length).toBeGreaterThan(60);
});

it("asks a model without a vocabulary in the words of the mood", () => {
  const { concept } = decide("", situation({ vocabulary: {}, lexicon: null }), seeded(5));
  expect(concept.verdict.fault).toBeNull();
  expect(["impressionist", "muted realism", "somber abstract"]).toContain(concept.style);
});

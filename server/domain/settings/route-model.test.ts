import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { Lexicon } from "#contracts/lexicon.ts";
import { hear } from "#server/domain/concept/propose.ts";
import type { Learned } from "#server/domain/learning/bandit.ts";
import { seeded } from "#tests/seeded.ts";
import { route, suitability } from "./route-model.ts";

const lexicon = Lexicon.parse(JSON.parse(readFileSync("models/aria/lexicon.json", "utf8")));
const learned: Learned = { here: [], everywhere: [], policy: "thompson" };
const aria = (theme: string) => ({
  card: { id: "aria", state: "ready" as const, strengths: [] },
  heard: hear(theme, lexicon),
  knowsAllWords: false,
});
const photographer = (theme: string) => ({
  card: { id: "sdxl", state: "cold" as const, strengths: ["portraits of people", "photographs"] },
  heard: hear(theme, null),
  knowsAllWords: true,
});
const shareOfAria = (theme: string, known = learned) => {
  const rng = seeded(1);
  const candidates = [aria(theme), photographer(theme)];
  const routed = Array.from({ length: 300 }, () => route(candidates, known, rng).card.id);
  return routed.filter((id) => id === "aria").length / routed.length;
};

it("leaves to each what it knows, and what it says it is good at", () => {
  expect(suitability(aria("a lake at dawn, watercolor"))).toBeCloseTo(1);
  expect(suitability(photographer("photographs of people"))).toBeGreaterThan(suitability(photographer("a lake")));
  expect(shareOfAria("a lake at dawn, watercolor")).toBeGreaterThan(0.7);
  expect(shareOfAria("portraits of my grandmother")).toBeLessThan(0.55);
});

it("is taught otherwise by how their pictures were received", () => {
  const loved = { ...learned, here: [{ arm: "sdxl", successes: 12, failures: 0 }] };
  expect(shareOfAria("a lake at dawn, watercolor", loved)).toBeLessThan(0.5);
  expect(suitability(aria(""))).toBeCloseTo(1);
});

import { expect, it } from "vitest";
import { retellBrief, retold } from "./retell.ts";

const entry = 'I painted 2 works last week. What was received best is "A Lake, at Rest".';

it("takes a retelling that keeps every title and number", () => {
  const told = 'Only 2 works last week, and yet people kept returning to "A Lake, at Rest".';
  expect(retold(told, entry)).toBe(told);
  expect(retellBrief(entry).user).toContain(entry);
});

it.each([
  ["says nothing", null],
  ["loses a title", "I painted 2 works last week."],
  ["makes one up", 'I painted "A Fox" and "A Lake, at Rest".'],
  ["makes a number up", 'I painted 7 works; "A Lake, at Rest" was best.'],
  ["rambles", `"A Lake, at Rest" ${"and so on ".repeat(60)}`],
  ["takes several lines", '"A Lake, at Rest"\nThe end.'],
])("keeps to what happened where it %s", (_what, answer) => {
  expect(retold(answer, entry)).toBe(entry);
});

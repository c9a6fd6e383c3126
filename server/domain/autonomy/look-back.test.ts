import { expect, it } from "vitest";
import { hang, nightBefore, weekBefore, weekInWords, within } from "./look-back.ts";

const at = (date: number, hour = 0) => new Date(2026, 5, date, hour);
const work = (prompt: string, score: number, createdAt = at(10)) => ({ prompt, score, createdAt });

it("looks back on a night once the quiet hours are over", () => {
  expect(nightBefore(at(10, 7), 8)).toBeNull();
  expect(nightBefore(at(10, 9), 8)).toEqual({ from: at(9, 8), to: at(10, 8) });
});

it("hangs the best, and beside it what differs from it", () => {
  const [lake, lakes, city] = [
    work("a lake, ink wash", 0.9),
    work("a lake, ink wash", 0.85),
    work("a city, neon glow", 0.6),
  ];
  expect(hang([city, lakes, lake])).toEqual([lake, city, lakes]);
  expect(hang(Array.from({ length: 9 }, (_, i) => work(`thing ${i}`, 0.5)))).toHaveLength(5);
  expect(hang([])).toEqual([]);
});

it("takes a week from Monday to Monday", () => {
  // The 10th of June 2026 is a Wednesday.
  expect(weekBefore(at(10, 15))).toEqual({ from: at(1), to: at(8) });
  expect(weekBefore(at(8))).toEqual({ from: at(1), to: at(8) });
  const works = [work("a", 1, at(1)), work("b", 1, at(7, 23)), work("c", 1, at(8))];
  expect(within(works, weekBefore(at(10))).map(({ prompt }) => prompt)).toEqual(["a", "b"]);
});

it("tells a week from what was painted in it, and how that was received", () => {
  const remembered = (title: string, score: number, worth: number | null) => ({
    title,
    score,
    worth,
    mood: "serene" as const,
  });
  expect(weekInWords([remembered("A", 0.5, null)])).toBe(
    'I painted one work last week. Nobody told me what they thought of them. By my own measure "A" was the best.',
  );
  expect(weekInWords([remembered("A", 0.5, 1), remembered("B", 0.9, null)])).toBe(
    'I painted 2 works last week, most often serene. What was received best is "A"; I myself would have said "B".',
  );
  expect(weekInWords([remembered("A", 0.9, 0.7), remembered("B", 0.5, -1)])).toContain("and I think so too");
  expect(weekInWords([remembered("A", 0.9, -1), remembered("B", 0.5, -1)])).toContain("Nothing of it was much liked");
});

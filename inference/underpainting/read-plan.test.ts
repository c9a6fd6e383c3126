import { expect, it } from "vitest";
import { decide, type Plan, readPlan } from "./read-plan.ts";

const unread = { scene: null, style: null, palette: null, time: null, extras: [], unheard: [] };
const plan: Plan = { ...unread, scene: "lake" };
const choices = (asked: Plan) => Array.from({ length: 40 }, (_, seed) => decide(asked, seed));

it("paints the scene that was named, and else the guess", () => {
  expect(readPlan({ ...unread, scene: "tree" }, "geo").scene).toBe("tree");
  expect(readPlan(unread, "geo").scene).toBe("geo");
});

it("keeps to what was said, and else chooses by the seed, the same for the same seed", () => {
  const said = { ...plan, style: "ink", palette: "mono", time: "fog" };
  expect(decide(said, 7)).toEqual(said);
  expect(choices(plan)).toEqual(choices(plan));
  expect(new Set(choices(plan).map(({ palette }) => palette)).size).toBeGreaterThan(4);
  expect(new Set(choices(plan).map(({ style }) => style)).size).toBeGreaterThan(3);
  expect(new Set(choices(plan).map(({ time }) => time))).toEqual(new Set(["day", "sunset", "dawn"]));
});

it("knows no day for the northern lights, and no time for a mandala unless it is asked for", () => {
  expect(decide({ ...plan, scene: "aurora", time: "dawn" }, 1).time).toBe("night");
  expect(decide({ ...plan, scene: "mandala" }, 1).time).toBe("");
  expect(decide({ ...plan, scene: "mandala", time: "night" }, 1).time).toBe("night");
});

it("bug: an ink wash in a pale palette that nobody asked for was blank paper", () => {
  for (const style of ["ink", "pencil", "woodcut"]) {
    expect(new Set(choices({ ...plan, style }).map(({ palette }) => palette))).toEqual(new Set(["mono", "earth"]));
    expect(decide({ ...plan, style, palette: "serene" }, 1).palette).toBe("serene");
  }
  expect(choices({ ...plan, scene: "moon", style: "ink" }).map(({ palette }) => palette)).toContain("midnight");
});

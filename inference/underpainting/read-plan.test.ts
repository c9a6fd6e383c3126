import { expect, it } from "vitest";
import { type LabelProbabilities, readPlan } from "./read-plan.ts";

const unsure: LabelProbabilities = {
  scene: [
    { name: "geo", p: 0.2 },
    { name: "tree", p: 0.25 },
  ],
  palette: [{ name: "candy", p: 0.2 }],
  time: [{ name: "night", p: 0.1 }],
};

it("lets the words of the prompt decide before the label heads", () => {
  const plan = readPlan("A Lighthouse in a storm at dusk, oil painting", unsure);
  expect(plan).toMatchObject({ scene: "waves", palette: "melancholy", time: "sunset" });
  expect(plan.extras).toEqual(["lighthouse", "clouds"]);
});

it("hears a colour by name before a mood", () => {
  expect(readPlan("a quiet lake", unsure).palette).toBe("serene");
  expect(readPlan("a quiet lake, black and white", unsure).palette).toBe("mono");
  expect(readPlan("a quiet lake at dawn, watercolor, bold reds and golds", unsure).palette).toBe("redgold");
  const green = { ...unsure, palette: [{ name: "emerald", p: 0.9 }] };
  expect(readPlan("the ocean in calm green colors", green).palette).toBe("emerald");
  expect(readPlan("a rainy street, rainbow colors", unsure).palette).toBe("rainbow");
});

it("asks the heads where no word is known, and believes only what they are sure of", () => {
  expect(readPlan("solitude", unsure)).toMatchObject({ scene: "tree", palette: null, time: null, extras: [] });
  const sure = { ...unsure, palette: [{ name: "candy", p: 0.8 }] };
  expect(readPlan("solitude", sure).palette).toBe("candy");
});

it("does not take a word for another it is part of", () => {
  expect(readPlan("a research centre", { ...unsure, scene: [] })).toMatchObject({ scene: "flow", extras: [] });
});

import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { Lexicon } from "./lexicon.ts";
import { readTheme, speak } from "./theme.ts";

const lexicon = Lexicon.parse(JSON.parse(readFileSync("models/aria/lexicon.json", "utf8")));
const hear = (prompt: string) => readTheme(prompt, lexicon);

it.each([
  [
    "A Lighthouse in a storm at dusk, oil painting",
    { scene: "waves", style: "oil", time: "sunset", palette: "melancholy" },
  ],
  ["stormy sea", { scene: "waves", palette: "melancholy" }],
  ["pine wood at dusk", { scene: "forest", time: "sunset" }],
  ["city lights", { scene: "city" }],
  ["a quiet garden", { scene: "meadow", palette: "serene" }],
  ["a big moon over hills", { scene: "moon" }],
  ["Sunflowers by van Gogh", { scene: "bloom", style: "oil" }],
  ["cherry blossoms in spring", { scene: "tree", palette: "candy" }],
  ["a path through the woods in the fog", { scene: "forest", time: "fog" }],
])("hears %s", (prompt, heard) => {
  expect(hear(prompt)).toMatchObject({ ...heard, unheard: [] });
});

it("hears what is to be seen besides", () => {
  expect(hear("a lighthouse in a storm").extras).toEqual(["lighthouse", "clouds"]);
  expect(hear("boats in a harbour").extras).toEqual(["boat"]);
  expect(hear("a boat in the desert").extras).toEqual([]);
});

it("hears a colour by name before a mood", () => {
  expect(hear("a quiet lake").palette).toBe("serene");
  expect(hear("a quiet lake, black and white").palette).toBe("mono");
  expect(hear("the ocean in calm green colors").palette).toBe("emerald");
  expect(hear("a rainy street, rainbow colors").palette).toBe("rainbow");
});

it("says what it never learnt, each word once, and counts no small words", () => {
  expect(hear("my cat and the cat's sofa").unheard).toEqual(["cat", "sofa"]);
  expect(hear("my cat and the cat's sofa")).toMatchObject({ scene: null, style: null, palette: null, time: null });
  expect(hear("").unheard).toEqual([]);
});

it("reads curly apostrophes and hyphens as people type them", () => {
  expect(hear("my cat\u2019s lake")).toMatchObject({ scene: "lake", unheard: ["cat"] });
  expect(hear("a black-and-white lake")).toMatchObject({ palette: "mono", unheard: [] });
  expect(hear("snow-capped mountains")).toMatchObject({ scene: "mountains", extras: ["snow"], unheard: [] });
  expect(hear("ukiyo-e sea, sumi-e")).toMatchObject({ style: "ukiyo", scene: "ocean", unheard: [] });
});

it("does not take a word for another it is part of", () => {
  expect(hear("a research centre")).toMatchObject({ scene: null, unheard: ["research", "centre"] });
});

it("speaks in the words the painter was taught by", () => {
  expect(speak(hear("a ship on the loch, Hokusai, autumn"), lexicon)).toBe(
    "ukiyo-e of a mountain lake with reflections with a sailboat, autumn colors",
  );
  expect(speak(hear("xyzzy"), lexicon)).toBe("");
});

it("hears its own captions: what is spoken is understood again", () => {
  const scenes = Object.keys(lexicon.say.scene ?? {});
  const [styles, palettes] = [Object.keys(lexicon.say.style ?? {}), Object.keys(lexicon.say.palette ?? {})];
  for (const [i, scene] of scenes.entries()) {
    const said = {
      scene,
      style: styles[i % styles.length]!,
      palette: palettes[i % palettes.length]!,
      time: lexicon.times[scene] ?? "fog",
    };
    expect(hear(speak({ ...said, extras: [] }, lexicon))).toMatchObject({ ...said, unheard: [] });
  }
});

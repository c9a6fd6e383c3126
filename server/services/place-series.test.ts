import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { SeriesId } from "#contracts/series.ts";
import { Lexicon, readTheme } from "#contracts/theme.ts";
import { createContainer } from "#server/container.ts";
import { fakeGenerator, fakePorts } from "#tests/fakes.ts";
import { seeded } from "#tests/seeded.ts";

const lexicon = Lexicon.parse(JSON.parse(readFileSync("models/aria/lexicon.json", "utf8")));
const { vocabulary } = JSON.parse(readFileSync("models/aria/aria.json", "utf8"));
const never = new AbortController().signal;

function studio() {
  const painter = fakeGenerator();
  const health = async () => {
    const told = await painter.health();
    return { ...told, models: told.models.map((model) => ({ ...model, vocabulary })) };
  };
  return createContainer(
    fakePorts({ generator: fakeGenerator({ lexicon: async () => lexicon, health }), rng: seeded(3) }),
  );
}
const asked = { theme: "a lighthouse", count: 4, dimension: "light", candidates: 2 } as const;

it("paints a theme in as many lights as there are pieces, in one manner and the same colours", async () => {
  const aria = studio();
  const series = await aria.placeSeries({ ...asked, id: SeriesId.parse(randomUUID()) });
  const heard = series.pieces.map(({ prompt }) => readTheme(prompt, lexicon));
  expect(new Set(heard.map(({ time }) => time)).size).toBe(4);
  expect(new Set(heard.map(({ style }) => style)).size).toBe(1);
  expect(new Set(heard.map(({ palette }) => palette)).size).toBe(1);
  for (const { prompt } of series.pieces) expect(prompt).toContain(series.palette);
  expect(series.pieces.map(({ state }) => state)).toEqual(Array(4).fill("waiting"));
  for (const { id } of series.pieces) expect(await aria.paintOrder(id, never)).toBe("done");
  const painted = await aria.series.get(series.id);
  expect(painted?.pieces.map(({ state }) => state)).toEqual(Array(4).fill("done"));
});

it("varies the manner where that is asked, and keeps colours that the theme names", async () => {
  const series = await studio().placeSeries({
    ...asked,
    id: SeriesId.parse(randomUUID()),
    dimension: "manner",
    theme: "a lake, sepia",
  });
  const heard = series.pieces.map(({ prompt }) => readTheme(prompt, lexicon));
  expect(new Set(heard.map(({ style }) => style)).size).toBe(4);
  expect(heard.every(({ palette }) => palette === "sepia")).toBe(true);
  expect(series.palette).toBe("");
});

it("is the same series when it is asked for again, and goes on where placing it broke off", async () => {
  const aria = studio();
  const id = SeriesId.parse(randomUUID());
  const first = await aria.placeSeries({ ...asked, id, count: 2 });
  expect(await aria.placeSeries({ ...asked, id, count: 2 })).toEqual(first);
  const whole = await aria.placeSeries({ ...asked, id });
  expect(whole.pieces.map((piece) => piece.id).slice(0, 2)).toEqual(first.pieces.map((piece) => piece.id));
  expect(whole.pieces).toHaveLength(4);
  expect(whole.palette).toBe(first.palette);
});

import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { Lexicon } from "#contracts/lexicon.ts";
import { SeriesId } from "#contracts/series.ts";
import { readTheme } from "#contracts/theme.ts";
import { createContainer } from "#server/container.ts";
import type { Ports } from "#server/ports.ts";
import { fakeGenerator, fakePorts } from "#tests/fakes.ts";
import { seeded } from "#tests/seeded.ts";

const lexicon = Lexicon.parse(JSON.parse(readFileSync("models/aria/lexicon.json", "utf8")));
const { vocabulary } = JSON.parse(readFileSync("models/aria/aria.json", "utf8"));
const never = new AbortController().signal;

function portsFor() {
  const painter = fakeGenerator();
  const health = async () => {
    const told = await painter.health();
    return { ...told, models: told.models.map((model) => ({ ...model, vocabulary })) };
  };
  return fakePorts({ generator: fakeGenerator({ lexicon: async () => lexicon, health }), rng: seeded(3) });
}
const studio = () => createContainer(portsFor());
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
  const styles = painted!.pieces.flatMap(({ choices }) => choices.filter(({ dimension }) => dimension === "style"));
  expect(styles.map(({ by }) => by)).toEqual(Array(4).fill("aria"));
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

it("is the same series when it is asked for again, twice at once, or goes on where placing it broke off", async () => {
  const ports = portsFor();
  const aria = createContainer(ports);
  const id = SeriesId.parse(randomUUID());
  let placed = 0;
  const place: Ports["orders"]["place"] = (order) =>
    placed++ === 2 ? Promise.reject(new Error("killed")) : ports.orders.place(order);
  const broken = createContainer({ ...ports, orders: { ...ports.orders, place } });
  await expect(broken.placeSeries({ ...asked, id })).rejects.toThrow("killed");
  const cut = await aria.series.get(id);
  expect([cut?.pieces.length, cut?.count]).toEqual([2, 4]);
  const [whole, again] = await Promise.all([aria.placeSeries({ ...asked, id }), aria.placeSeries({ ...asked, id })]);
  expect(again).toEqual(whole);
  expect(whole.pieces).toHaveLength(4);
  expect(whole.pieces.slice(0, 2)).toEqual(cut?.pieces);
  const heard = whole.pieces.map(({ prompt }) => readTheme(prompt, lexicon));
  expect(new Set(heard.map(({ time }) => time)).size).toBe(4);
  expect(new Set(heard.map(({ style }) => style)).size).toBe(1);
});

it("refuses a theme that says already what is to vary", async () => {
  const place = (theme: string, dimension: "light" | "manner") =>
    studio().placeSeries({ ...asked, id: SeriesId.parse(randomUUID()), theme, dimension });
  await expect(place("a lake at night", "light")).rejects.toMatchObject({ code: "INVALID", facts: { field: "theme" } });
  await expect(place("a lake, woodcut", "manner")).rejects.toMatchObject({ facts: { field: "theme" } });
});

import { expect, it } from "vitest";
import { fakeGenerator } from "#tests/fakes.ts";
import type { Place } from "./inference-places.ts";
import { rankPlaces } from "./rank-places.ts";

const ORDER = { orderId: "mine", modelId: "aria" };
const { models, ...health } = await fakeGenerator().health();
const [card] = models;

function place(
  url: string,
  part: Partial<Omit<NonNullable<Place["health"]>, "models">> & { state?: "ready" | "cold"; model?: string } = {},
): Place {
  const { state = "ready", model = "aria", ...told } = part;
  return { url, health: { ...health, ...told, models: [{ ...card!, id: model, state }] } };
}
const away: Place = { url: "away", health: null };

it.each([
  [
    "where it is being painted already",
    [place("idle"), place("own", { painting: ["mine", "other"], waiting: 3 })],
    "own",
  ],
  ["where the model is open, of two that are free", [place("cold", { state: "cold" }), place("open")], "open"],
  [
    "where one is free, rather than wait for the model",
    [place("busy", { painting: ["a"] }), place("cold", { state: "cold" })],
    "cold",
  ],
  [
    "where the line is shorter",
    [place("long", { painting: ["a"], waiting: 2 }), place("short", { painting: ["b"] })],
    "short",
  ],
  [
    "where there are more engines for the line",
    [
      place("one", { painting: ["a"], waiting: 1 }),
      place("two", { painting: ["a", "b"], devices: [...health.devices, ...health.devices] }),
    ],
    "two",
  ],
  ["where somebody answers", [away, place("there", { painting: ["a"], waiting: 9 })], "there"],
  [
    "where it is ready, rather than where it leaves",
    [place("leaving", { ready: false }), place("stays", { painting: ["a"] })],
    "stays",
  ],
  [
    "where the model is known",
    [place("without", { model: "other" }), place("with", { state: "cold", painting: ["a"] })],
    "with",
  ],
])("sends an order %s", (_where, places, best) => {
  expect(rankPlaces(places, ORDER)[0]).toBe(best);
  expect(rankPlaces(places.toReversed(), ORDER)[0]).toBe(best);
});

it("counts what is on its way and not told of yet, once", () => {
  const places = [place("one", { painting: ["a"] }), place("two")];
  expect(rankPlaces(places, ORDER, new Map([["two", new Set(["b", "c"])]]))[0]).toBe("one");
  expect(rankPlaces(places, ORDER, new Map([["one", new Set(["a"])]]))).toEqual(["two", "one"]);
});

it("finds none where nobody answers, and one to ask where nobody has the model", () => {
  expect(rankPlaces([away], ORDER)).toEqual([]);
  expect(rankPlaces([away, place("without", { model: "other" })], ORDER)).toEqual(["without"]);
});

import { expect, it } from "vitest";
import { PLACES_ASKED, placesFor } from "./places-for.ts";

const BY_MODEL = 16;
const urls = Array.from({ length: 1_000 }, (_, i) => `http://place-${i}:4301`);
const order = (n: number, modelId = "aria") => ({ orderId: `order ${n}`, modelId });

it("asks all of a few", () => {
  expect(placesFor(urls.slice(0, 64), order(1))).toEqual(urls.slice(0, 64));
});

it("asks a few of many: the same again for an order, some of them the same for a model", () => {
  const asked = placesFor(urls, order(1));
  expect(new Set(asked).size).toBe(PLACES_ASKED);
  expect(placesFor(urls.toReversed(), order(1)).toSorted()).toEqual(asked.toSorted());
  const others = new Set(placesFor(urls, order(2)));
  expect(asked.filter((url) => others.has(url)).length).toBeGreaterThanOrEqual(BY_MODEL);
  const another = new Set(placesFor(urls, order(1, "another")));
  expect(asked.slice(0, BY_MODEL).every((url) => another.has(url))).toBe(false);
});

it("asks the others still when one goes", () => {
  const [gone, ...asked] = placesFor(urls, order(1));
  const left = new Set(
    placesFor(
      urls.filter((url) => url !== gone),
      order(1),
    ),
  );
  expect(asked.filter((url) => left.has(url))).toHaveLength(PLACES_ASKED - 1);
});

it("spreads orders over all places", () => {
  const counts = new Map<string, number>();
  for (let n = 0; n < 500; n++)
    for (const url of placesFor(urls, order(n)).slice(BY_MODEL)) counts.set(url, (counts.get(url) ?? 0) + 1);
  // About 24 are expected of each: by Poisson's law nearly all have between 5 and 50.
  expect(counts.size).toBeGreaterThan(980);
  expect(Math.max(...counts.values())).toBeLessThan(55);
});

import { expect, it } from "vitest";
import { placesFor } from "#server/infra/inference/places-for.ts";
import { simulateFleet } from "./simulated-fleet.ts";

const FLEET = { engines: 1, models: 1, held: 1, load: 0.7, paintSeconds: 10, openSeconds: 0, orders: 60_000, seed: 3 };

it("waits as long as queueing theory has it, where there is one engine", () => {
  const { waitMean } = simulateFleet(FLEET, (urls) => urls);
  // Pollaczek and Khinchine for M/G/1: 0.7 * 10 s * (1 + 1/12) / (2 * (1 - 0.7)).
  expect(waitMean / 12.64).toBeCloseTo(1, 1);
});

it("says the same for the same seed, and keeps models open where it asks by them", () => {
  const many = { ...FLEET, engines: 100, models: 20, held: 2, orders: 500, openSeconds: 5 };
  const hashed = simulateFleet(many, placesFor);
  expect(simulateFleet(many, placesFor)).toEqual(hashed);
  expect(hashed.asked).toBe(64);
  // Each engine has to open its two first: of 500 that is 0.6 at most. By chance one in ten would find its model open.
  expect(hashed.warmShare).toBeGreaterThan(0.4);
  expect(hashed.warmShare).toBeLessThanOrEqual(0.6);
});

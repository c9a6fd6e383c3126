import { expect, it } from "vitest";
import { lastDays } from "./last-days.ts";

const HOUR_MS = 3_600_000;
const hoursOf = ({ bounds }: { bounds: readonly Date[] }): number[] =>
  bounds.slice(1).map((end, i) => (end.getTime() - bounds[i]!.getTime()) / HOUR_MS);

it("names the days of the zone, today the last, and bounds them by its midnights", () => {
  const { names, bounds } = lastDays(new Date("2026-11-22T23:30:00Z"), 3, "Europe/Berlin");
  expect(names).toEqual(["2026-11-21", "2026-11-22", "2026-11-23"]);
  expect(bounds.map((at) => at.toISOString())).toEqual([
    "2026-11-20T23:00:00.000Z",
    "2026-11-21T23:00:00.000Z",
    "2026-11-22T23:00:00.000Z",
    "2026-11-23T23:00:00.000Z",
  ]);
});

it("is right at the ends of the world", () => {
  const at = new Date("2026-06-30T11:00:00Z");
  expect(lastDays(at, 1, "Pacific/Kiritimati").names).toEqual(["2026-07-01"]);
  expect(lastDays(at, 1, "Pacific/Niue").names).toEqual(["2026-06-30"]);
  expect(lastDays(at, 2, "Asia/Kathmandu").bounds[0]?.toISOString()).toBe("2026-06-28T18:15:00.000Z");
});

it.each([
  ["Europe/Berlin", "2026-03-30T12:00:00Z", [24, 23, 24]],
  ["Europe/Berlin", "2026-10-26T12:00:00Z", [24, 25, 24]],
  // Clocks go from 24:00 to 1:00 here: there is no midnight that day.
  ["Africa/Cairo", "2026-04-25T12:00:00Z", [24, 23, 24]],
  // And from 24:00 back to 23:00, so that the day before is the longer one.
  ["Africa/Cairo", "2026-10-30T12:00:00Z", [24, 25, 24]],
  // From 1:00 back to 0:00: midnight comes twice.
  ["America/Havana", "2026-11-02T12:00:00Z", [24, 25, 24]],
])("knows how long days are in %s before %s", (zone, now, hours) => {
  expect(hoursOf(lastDays(new Date(now), 3, zone))).toEqual(hours);
});

it("refuses what is no zone", () => {
  expect(() => lastDays(new Date(0), 7, "Nowhere/Land")).toThrow(RangeError);
});

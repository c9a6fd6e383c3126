import { describe, expect, it } from "vitest";
import type { BackupCard } from "#contracts/backups.ts";
import { isDue, nextDueAt, superfluous } from "./retention.ts";

/** A Sunday. */
const NOW = new Date("2026-11-22T12:00:00Z");
const card = (at: string, more: Partial<BackupCard> = {}): BackupCard => ({
  id: at,
  kind: "daily",
  madeAt: new Date(`${at}Z`),
  artworks: 1,
  bytes: 1,
  lost: 0,
  verifiedAt: null,
  faults: 0,
  ...more,
});
const daysBack = (count: number): BackupCard[] =>
  Array.from({ length: count }, (_, days) =>
    card(new Date(NOW.getTime() - days * 86_400_000).toISOString().slice(0, 19)),
  );

describe("what is kept", () => {
  it("is the last of each of seven days and of four weeks, of sixty that were made", () => {
    const all = daysBack(60);
    const gone = new Set(superfluous(all, { daily: 7, weekly: 4 }, NOW));
    expect(all.filter(({ id }) => !gone.has(id)).map(({ id }) => id.slice(0, 10))).toEqual([
      "2026-11-22",
      "2026-11-21",
      "2026-11-20",
      "2026-11-19",
      "2026-11-18",
      "2026-11-17",
      "2026-11-16",
      "2026-11-15",
      "2026-11-08",
      "2026-11-01",
    ]);
  });

  it("is everything of the last day, and of an older day the last", () => {
    const today = [card("2026-11-22T11:00:00", { kind: "asked" }), card("2026-11-22T09:00:00")];
    const before = [card("2026-11-20T18:00:00"), card("2026-11-20T07:00:00", { kind: "asked" })];
    expect(superfluous([...before, ...today], { daily: 7, weekly: 0 }, NOW)).toEqual(["2026-11-20T07:00:00"]);
  });

  it("is no damaged one in the place of a sound one", () => {
    const damaged = card("2026-11-20T18:00:00", { faults: 1 });
    const sound = card("2026-11-20T07:00:00");
    expect(superfluous([damaged, sound], { daily: 7, weekly: 4 }, NOW)).toEqual([damaged.id]);
  });

  it("is the last three restore points, and the last sound one however old", () => {
    const points = ["01", "02", "03", "04"].map((day) => card(`2026-10-${day}T00:00:00`, { kind: "restore point" }));
    expect(superfluous(points, { daily: 7, weekly: 4 }, NOW)).toEqual(["2026-10-01T00:00:00"]);
    expect(superfluous([card("2020-01-01T00:00:00")], { daily: 1, weekly: 0 }, NOW)).toEqual([]);
  });
});

it("one is due on a day that has none, a damaged one, or a restore point alone", () => {
  expect(isDue([], NOW)).toBe(true);
  expect(isDue([card("2026-11-21T23:59:00")], NOW)).toBe(true);
  expect(isDue([card("2026-11-22T01:00:00", { kind: "restore point" })], NOW)).toBe(true);
  expect(isDue([card("2026-11-22T01:00:00", { faults: 2 })], NOW)).toBe(true);
  expect(isDue([card("2026-11-22T01:00:00", { kind: "asked" })], NOW)).toBe(false);
});

it("is made again at once where today has none, else with the next day by UTC", () => {
  expect(nextDueAt([], NOW)).toEqual(NOW);
  expect(nextDueAt([card("2026-11-22T01:00:00")], NOW)).toEqual(new Date("2026-11-23T00:00:00Z"));
});

import { expect, it } from "vitest";
import { attentionFor } from "./attention.ts";

const now = new Date("2026-11-22T12:00:00Z");
const hoursAgo = (hours: number): Date => new Date(now.getTime() - hours * 3_600_000);
const WELL = {
  checks: [{ name: "database" as const, ok: true }],
  brokenModels: [],
  failed: 0,
  backups: [{ madeAt: hoursAgo(5), faults: 0 }],
  since: hoursAgo(1_000),
  isPaused: false,
  waiting: 3,
  now,
};

it("has nothing to say while all is well, however many wait", () => {
  expect(attentionFor(WELL)).toEqual([]);
});

it("tells what keeps her from painting before what only ought to be looked at", () => {
  const bad = {
    ...WELL,
    checks: [{ name: "inference" as const, ok: false }, ...WELL.checks, { name: "disk" as const, ok: false }],
    brokenModels: ["SD 1.5"],
    failed: 2,
    backups: [{ madeAt: hoursAgo(1), faults: 1 }],
    isPaused: true,
  };
  expect(attentionFor(bad)).toEqual([
    { kind: "check", name: "inference" },
    { kind: "check", name: "disk" },
    { kind: "model", title: "SD 1.5" },
    { kind: "failed", count: 2 },
    { kind: "damagedBackup", count: 1 },
    { kind: "lateBackup", since: null },
    { kind: "paused", waiting: 3 },
  ]);
});

it.each([
  ["a new Aria has none yet", [], hoursAgo(47), []],
  ["an old one never had any", [], hoursAgo(48), [{ kind: "lateBackup", since: null }]],
  ["the newest is two days old", [72, 48], hoursAgo(900), [{ kind: "lateBackup", since: hoursAgo(48) }]],
  ["the newest is a day old", [24, 72], hoursAgo(900), []],
])("speaks of backups where %s", (_when, ages, since, expected) => {
  const backups = ages.map((hours) => ({ madeAt: hoursAgo(hours), faults: 0 }));
  expect(attentionFor({ ...WELL, backups, since })).toEqual(expected);
});

import { expect, it } from "vitest";
import { standingOf } from "./standing.ts";

const checks = (right: number, wrong: number) => [
  ...Array.from({ length: right }, () => ({ foreseen: 0.7, isCheck: true })),
  ...Array.from({ length: wrong }, () => ({ foreseen: 0.3, isCheck: true })),
];

it("counts pairs drawn by chance alone, and no guess that was none", () => {
  const others = [
    { foreseen: 0.9, isCheck: false },
    { foreseen: 0.5, isCheck: true },
  ];
  expect(standingOf([...checks(3, 1), ...others])).toEqual({ duels: 6, checks: 4, right: 3, isHeard: false });
});

it("listens once it is right more often than chance would be, and not before", () => {
  expect(standingOf(checks(7, 0)).isHeard).toBe(false);
  expect(standingOf(checks(8, 0)).isHeard).toBe(true);
  expect(standingOf(checks(6, 4)).isHeard).toBe(false);
  expect(standingOf(checks(30, 18)).isHeard).toBe(true);
});

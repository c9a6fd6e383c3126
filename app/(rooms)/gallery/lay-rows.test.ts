import { expect, it } from "vitest";
import { characterOf, ratioOf } from "#contracts/wall-outline.ts";
import { seeded } from "#tests/seeded.ts";
import { layRows, pictureHeight, rowOf } from "./lay-rows.ts";

const square = characterOf(512, 512);
const wide = characterOf(768, 512);

it("hangs every picture once, in order, in rows of about the capacity", () => {
  const chance = seeded(7);
  const ratios = Array.from({ length: 999 }, () => (chance() < 0.5 ? square : wide)).join("");
  const rows = layRows(ratios, [], 5);
  expect(rows.reduce((sum, row) => sum + row.count, 0)).toBe(999);
  for (const [i, row] of rows.entries()) expect(row.start).toBe(i === 0 ? 0 : rows[i - 1]!.start + rows[i - 1]!.count);
  for (const { span } of rows) expect(Math.abs(span - 5)).toBeLessThanOrEqual(0.75);
});

it("begins a new row at each month, under its name, and does not blow up a few pictures", () => {
  const months = [
    { month: "2026-03", count: 2 },
    { month: "2026-02", count: 4 },
  ];
  expect(layRows(square.repeat(6), months, 4)).toEqual([
    { start: 0, count: 2, span: 4, month: "2026-03" },
    { start: 2, count: 4, span: 4, month: "2026-02" },
  ]);
});

it("keeps the rows there are when more is known of the wall", () => {
  const ratios = `${square}${wide}${square}${wide}${wide}`.repeat(10);
  const first = layRows(ratios.slice(0, 30), [], 5);
  expect(layRows(ratios, [], 5).slice(0, first.length - 1)).toEqual(first.slice(0, -1));
});

it("fills the width to the pixel", () => {
  const [row] = layRows(square + wide + square, [], 3.5);
  const height = pictureHeight(row!, 800);
  const widths = [square, wide, square].map((character) => ratioOf(character) * height);
  expect(widths.reduce((sum, width) => sum + width, 0) + 2 * 8).toBeCloseTo(800);
});

it("finds the row of a place, and nothing on an empty wall", () => {
  const rows = layRows(square.repeat(100), [], 4);
  for (const index of [0, 3, 4, 57, 99]) expect(rowOf(rows, index)).toBe(Math.floor(index / 4));
  expect(layRows("", [], 4)).toEqual([]);
});

it("spells a shape in one character, to a part in sixty", () => {
  for (const [w, h] of [
    [512, 512],
    [768, 512],
    [512, 768],
    [1024, 576],
    [64, 1024],
  ] as const) {
    const ratio = Math.min(Math.max(w / h, 2 ** (-40 / 24)), 2 ** (40 / 24));
    expect(Math.abs(ratioOf(characterOf(w, h)) / ratio - 1)).toBeLessThan(0.016);
  }
});

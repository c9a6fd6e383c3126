import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, it } from "vitest";
import { Attempt, readPins, writePins } from "./pins.ts";

const dir = mkdtempSync(path.join(tmpdir(), "aria-pins-"));
afterAll(() => rmSync(dir, { recursive: true }));

it("gives back what was written, and nothing where the file is missing or damaged", () => {
  const file = path.join(dir, "deep/pins.json");
  expect(readPins(file)).toEqual([]);
  writePins(file, ["aria", "sd15"]);
  expect(readPins(file)).toEqual(["aria", "sd15"]);
  writeFileSync(file, '["aria", "../up"]');
  expect(readPins(file)).toEqual([]);
  writeFileSync(file, "[");
  expect(readPins(file)).toEqual([]);
});

it("counts what was begun and never ended, from anew after it ended", () => {
  const file = path.join(dir, "attempt");
  expect([new Attempt(file).begin(), new Attempt(file).begin()]).toEqual([1, 2]);
  new Attempt(file).end();
  expect(new Attempt(file).begin()).toBe(1);
});

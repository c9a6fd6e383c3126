import { expect, it } from "vitest";
import { seeded } from "#tests/seeded.ts";
import { Likeness } from "./likeness.ts";

const unit = (values: number[]) => Float32Array.from(values, (value) => value / Math.hypot(...values));

it("gives the nearest first, without the one that was asked about", () => {
  const likeness = new Likeness();
  likeness.add("a", unit([1, 0]));
  likeness.add("b", unit([1, 0.1]));
  likeness.add("c", unit([0, 1]));
  likeness.add("b", unit([0, -1])); // known already
  expect(likeness.nearest("a", 5)).toEqual(["b", "c"]);
  expect(likeness.nearest("c", 1)).toEqual(["b"]);
  expect(() => likeness.nearest("d", 1)).toThrow(RangeError);
});

it("looks at the positive parts alone where a direction is asked for", () => {
  const likeness = new Likeness();
  likeness.add("down", unit([-1, 0.2]));
  likeness.add("up", unit([0.5, 0.5]));
  expect(likeness.showing(Float32Array.of(-1, 0), 2)).toEqual(["down", "up"]);
  expect(likeness.showing(Float32Array.of(0, 1), 1)).toEqual(["up"]);
  expect(likeness.showing(Float32Array.of(1, 0, 0), 1)).toEqual([]);
});

it("gives among many what sorting all of them gives", () => {
  const chance = seeded(1);
  const likeness = new Likeness();
  const all = Array.from({ length: 1_000 }, (_, i) => ({
    id: String(i),
    e: unit(Array.from({ length: 8 }, () => chance() - 0.5)),
  }));
  for (const { id, e } of all) likeness.add(id, e);
  const cosine = (a: Float32Array, b: Float32Array) => a.reduce((sum, value, k) => sum + value * b[k]!, 0);
  const sorted = all.slice(1).sort((a, b) => cosine(b.e, all[0]!.e) - cosine(a.e, all[0]!.e));
  expect(likeness.nearest("0", 20)).toEqual(sorted.slice(0, 20).map(({ id }) => id));
  expect(() => likeness.add("odd", Float32Array.of(1))).toThrow(RangeError);
});

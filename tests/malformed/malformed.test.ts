import { afterAll, beforeAll, expect, it } from "vitest";
import { type Doors, openDoors } from "./doors.ts";
import { climb, KINDS, send } from "./malformed.ts";
import { type Picture, traversals, wholePictures } from "./spoil.ts";

let doors: Doors;
let whole: readonly Picture[];
beforeAll(async () => {
  doors = await openDoors();
  whole = await wholePictures();
});
afterAll(() => doors.close());

it.each(Object.keys(KINDS))("refuses 60 malformed inputs of the kind %s, in time, and lives on", async (kind) => {
  const { faults, taken, tried } = await send(kind, 60, doors, whole);
  expect(faults).toEqual([]);
  expect(tried).toBe(60);
  // The socket is asked whether anybody lives, and a share goes to the studio without what was refused.
  if (kind !== "socket frames" && kind !== "shared picture") expect(taken).toBeLessThan(30);
});

it("leads nowhere else by 504 ways to say so, at every door to a file", async () => {
  expect(new Set(traversals()).size).toBeGreaterThanOrEqual(500);
  const { faults, tried } = await climb(doors);
  expect(faults).toEqual([]);
  expect(tried).toBeGreaterThan(5_000);
});

import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { fsBlobs } from "./fs-blobs.ts";

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), "aria blobs "));
});
afterEach(() => rm(directory, { recursive: true }));

const bytes = (text: string) => new TextEncoder().encode(text);
const agedAnHour = (file: string) => utimes(file, new Date(0), new Date(Date.now() - 3_600_000));

it("gives back what was put, under the same name however often", async () => {
  const blobs = fsBlobs(directory);
  const { sha256 } = await blobs.put(bytes("a picture"));
  expect(await blobs.put(bytes("a picture"))).toEqual({ sha256 });
  expect(Buffer.from((await blobs.read(sha256))!).toString()).toBe("a picture");
  expect(await blobs.read("0".repeat(64))).toBeNull();
});

it("sweeps away old files without a row and half-written ones, and nothing younger or known", async () => {
  const blobs = fsBlobs(directory);
  const known = await blobs.put(bytes("known"));
  const orphan = await blobs.put(bytes("orphan"));
  const young = await blobs.put(bytes("young"));
  const fileOf = (sha256: string) => path.join(directory, sha256.slice(0, 2), `${sha256}.png`);
  const half = `${fileOf(known.sha256)}.x.part`;
  await writeFile(half, "half");
  for (const file of [fileOf(known.sha256), fileOf(orphan.sha256), half]) await agedAnHour(file);
  expect(await blobs.sweep(async () => new Set([known.sha256]), 60_000)).toBe(2);
  expect(await blobs.read(known.sha256)).not.toBeNull();
  expect(await blobs.read(young.sha256)).not.toBeNull();
  expect(await blobs.read(orphan.sha256)).toBeNull();
});

it("sweeps what was made from a picture together with it", async () => {
  const derived = path.join(directory, "thumbs");
  const blobs = fsBlobs(path.join(directory, "blobs"), derived);
  await mkdir(derived);
  const [kept, gone] = ["a", "b"].map((digit) => `${digit.repeat(64)}-320.avif`);
  for (const name of [kept, gone]) await writeFile(path.join(derived, name!), "");
  expect(await blobs.sweep(async () => new Set(["a".repeat(64)]), 0)).toBe(1);
  expect(await readdir(derived)).toEqual([kept]);
});

it("says UNAVAILABLE, naming the storage, when the disk will not have it", async () => {
  await writeFile(path.join(directory, "file"), "");
  const putting = fsBlobs(path.join(directory, "file", "below")).put(bytes("a picture"));
  await expect(putting).rejects.toMatchObject({ code: "UNAVAILABLE", facts: { dependency: "storage" } });
});

it("says whether it could write, and sweeps a folder that is not there yet in peace", async () => {
  expect(await fsBlobs(path.join(directory, "new")).writable()).toBe(true);
  const file = path.join(directory, "file");
  await writeFile(file, "");
  expect(await fsBlobs(path.join(file, "below")).writable()).toBe(false);
  expect(await fsBlobs(path.join(directory, "absent")).sweep(async () => new Set(), 0)).toBe(0);
});

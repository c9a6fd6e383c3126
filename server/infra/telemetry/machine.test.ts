import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os, { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, it } from "vitest";
import { machineOf } from "./machine.ts";

const dir = mkdtempSync(path.join(tmpdir(), "aria-machine-"));
afterAll(() => rmSync(dir, { recursive: true }));

it("sees how much room there is where the data lies, and none on a file system that has none", async () => {
  expect(await machineOf(dir).freeDiskBytes()).toBeGreaterThan(0);
  expect(await machineOf("/proc").freeDiskBytes()).toBe(0);
  await expect(machineOf(path.join(dir, "gone")).freeDiskBytes()).rejects.toMatchObject({ code: "ENOENT" });
});

it("goes by the container's limit where there is one, and counts no files that were merely read", async () => {
  const free = await machineOf(dir, dir).memory();
  expect(free.totalBytes).toBe(os.totalmem());
  expect(free.usedBytes / free.totalBytes).toBeGreaterThan(0);
  expect(free.usedBytes / free.totalBytes).toBeLessThan(1);
  writeFileSync(path.join(dir, "memory.max"), "1000000\n");
  writeFileSync(path.join(dir, "memory.current"), "950000\n");
  writeFileSync(path.join(dir, "memory.stat"), "anon 500000\ninactive_file 300000\n");
  expect(await machineOf(dir, dir).memory()).toEqual({ usedBytes: 650_000, totalBytes: 1_000_000 });
  writeFileSync(path.join(dir, "memory.max"), "max\n");
  expect((await machineOf(dir, dir).memory()).totalBytes).toBe(os.totalmem());
});

import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, it } from "vitest";
import { makeReadGpuMemory } from "./gpu-memory.ts";

const dir = mkdtempSync(path.join(tmpdir(), "aria-gpu-"));
afterAll(() => rmSync(dir, { recursive: true }));

/** A program that prints what the driver's tool would. */
function tool(name: string, prints: string, status = 0): string {
  const file = path.join(dir, name);
  writeFileSync(file, `#!/bin/sh\nprintf '${prints}'\nexit ${status}\n`);
  chmodSync(file, 0o755);
  return file;
}

it("reads what is used and what the driver keeps, in bytes, of every GPU", async () => {
  const read = makeReadGpuMemory(tool("two", "0, 1024, 571\\n1, 0, 571\\n"));
  expect(await read()).toEqual([
    { gpu: "0", allocatedBytes: 1_073_741_824, reservedBytes: 571 * 1_048_576 },
    { gpu: "1", allocatedBytes: 0, reservedBytes: 571 * 1_048_576 },
  ]);
});

it("tells nothing of what the driver does not", async () => {
  const read = makeReadGpuMemory(tool("shared", "0, [N/A], [N/A]\\n1, 12, [N/A]\\n"));
  expect(await read()).toEqual([{ gpu: "1", allocatedBytes: 12 * 1_048_576, reservedBytes: null }]);
});

it("finds none where there is no such tool, and throws where it fails", async () => {
  const nowhere = makeReadGpuMemory(path.join(dir, "nowhere"));
  expect(await nowhere()).toEqual([]);
  // Looked for once: one that comes later is not asked.
  tool("nowhere", "0, 1, 1\\n");
  expect(await nowhere()).toEqual([]);
  await expect(makeReadGpuMemory(tool("broken", "no driver", 9))()).rejects.toThrow();
});

import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, it } from "vitest";
import { residentBytesOf } from "./resident-bytes.ts";

const MB = 1_000_000;

it("knows what this process holds, and that nothing is held where there is none", async () => {
  expect(await residentBytesOf(process.pid)).toBeGreaterThan(10 * MB);
  expect(await residentBytesOf(undefined)).toBeNull();
  expect(await residentBytesOf(2 ** 30)).toBeNull();
});

it.skipIf(process.platform !== "linux")("knows what another holds while it lives", async () => {
  const script = "const held = Buffer.alloc(80e6, 1); console.log(held.length); setInterval(() => {}, 1000)";
  const child = spawn(process.execPath, ["-e", script], { stdio: ["ignore", "pipe", "ignore"] });
  await once(child.stdout, "data");
  const bytes = await residentBytesOf(child.pid);
  child.kill();
  await once(child, "exit");
  expect(bytes).toBeGreaterThan(80 * MB);
  expect(bytes).toBeLessThan(400 * MB);
  expect(await residentBytesOf(child.pid)).toBeNull();
});

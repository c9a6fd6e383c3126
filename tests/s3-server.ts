/** A store that speaks S3, of a test's own on loopback (s3rver), that may go away and come back with all that was in it. */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "./aria-process.ts";

const require = createRequire(import.meta.url);
const S3RVER = require.resolve("s3rver/bin/s3rver.js");

export const S3_KEYS = { region: "us-east-1", accessKeyId: "S3RVER", secretAccessKey: "S3RVER" };

export async function startS3(buckets: readonly string[]) {
  const directory = mkdtempSync(path.join(tmpdir(), "aria-s3-"));
  const port = await freePort();
  const base = `http://127.0.0.1:${port}`;
  // Its page tokens are made by a cipher that OpenSSL 3 calls legacy.
  const flags = ["--openssl-legacy-provider", S3RVER, "-d", directory, "-a", "127.0.0.1", "-p", String(port), "-s"];
  let server: ChildProcess;
  const start = async () => {
    const named = buckets.flatMap((name) => ["--configure-bucket", name]);
    server = spawn(process.execPath, [...flags, ...named], { stdio: "ignore" });
    while (!(await fetch(base).catch(() => null))) await sleep(50);
  };
  const stop = () =>
    new Promise<void>((gone) => {
      server.once("exit", () => gone());
      server.kill("SIGKILL");
    });
  await start();
  return {
    urlOf: (bucket: string) => `${base}/${bucket}`,
    stop,
    start,
    async end() {
      await stop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

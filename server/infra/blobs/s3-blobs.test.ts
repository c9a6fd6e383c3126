import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { keepsBlobs } from "#tests/contracts/blob-store-contract.ts";
import { inMemoryBlobs } from "#tests/fakes.ts";
import { S3_KEYS, startS3 } from "#tests/s3-server.ts";
import { fsBlobs } from "./fs-blobs.ts";
import { s3Blobs } from "./s3-blobs.ts";

const BUCKETS = ["first", "second", "third", "fourth"];
let server: Awaited<ReturnType<typeof startS3>>;
let used = 0;
/** One that nobody has used yet. */
const bucket = () => ({ ...S3_KEYS, url: server.urlOf(BUCKETS[used++]!) });

beforeAll(async () => {
  server = await startS3(BUCKETS);
});
afterAll(() => server.end());

keepsBlobs("S3", async () => ({ blobs: s3Blobs(bucket()), close: async () => {} }));
keepsBlobs("folder", async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "aria-blobs-"));
  return { blobs: fsBlobs(folder), close: () => rm(folder, { recursive: true }) };
});
keepsBlobs("memory", async () => ({ blobs: inMemoryBlobs(), close: async () => {} }));

const bytes = (text: string) => new TextEncoder().encode(text);

it("sweeps more than one page of a store, and what was made here from pictures", async () => {
  const derived = await mkdtemp(path.join(tmpdir(), "aria-thumbs-"));
  const blobs = s3Blobs(bucket(), { derived, pageSize: 4 });
  const { sha256: kept } = await blobs.put(bytes("kept"));
  for (let i = 0; i < 10; i++) await blobs.put(bytes(`orphan ${i}`));
  await writeFile(path.join(derived, `${kept}-320.avif`), "");
  await writeFile(path.join(derived, `${"f".repeat(64)}-320.avif`), "");
  expect(await blobs.sweep(async () => new Set([kept]), 0)).toBe(11);
  expect(await readdir(derived)).toEqual([`${kept}-320.avif`]);
  expect(await blobs.read(kept)).not.toBeNull();
  await rm(derived, { recursive: true });
});

it("says UNAVAILABLE while the store is away, and goes on by itself once it is back", async () => {
  const settings = bucket();
  const [hasty, patient] = [s3Blobs(settings), s3Blobs(settings, { waitMs: 30_000 })];
  const { sha256 } = await hasty.put(bytes("before"));
  await server.stop();
  const gone = {
    code: "UNAVAILABLE",
    facts: { dependency: "storage", reason: expect.stringContaining("does not answer") },
  };
  await expect(hasty.put(bytes("meanwhile"))).rejects.toMatchObject(gone);
  await expect(hasty.read(sha256)).rejects.toMatchObject(gone);
  expect(await hasty.writable()).toBe(false);
  // What was painted meanwhile is kept as soon as there is a place for it.
  const waiting = patient.put(bytes("meanwhile"));
  await server.start();
  const kept = await waiting;
  expect(Buffer.from((await hasty.read(kept.sha256))!).toString()).toBe("meanwhile");
  expect(await hasty.read(sha256)).not.toBeNull();
});

it("gives up at once on a store that takes nothing, and says so", async () => {
  let asked = 0;
  const readOnly = createServer((_request, response) => {
    asked++;
    response.writeHead(403, { "content-type": "application/xml" });
    response.end("<Error><Code>AccessDenied</Code><Message>read-only</Message></Error>");
  });
  await new Promise<void>((listening) => readOnly.listen(0, "127.0.0.1", listening));
  const url = `http://127.0.0.1:${(readOnly.address() as AddressInfo).port}/aria`;
  const blobs = s3Blobs({ ...S3_KEYS, url }, { waitMs: 30_000 });
  const refused = { code: "UNAVAILABLE", facts: { dependency: "storage", reason: expect.stringContaining("refuses") } };
  await expect(blobs.put(bytes("a picture"))).rejects.toMatchObject(refused);
  expect(await blobs.writable()).toBe(false);
  expect(asked).toBe(2);
  readOnly.closeAllConnections();
  readOnly.close();
});

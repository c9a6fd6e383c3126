import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import S3rver from "s3rver";
import { afterAll, beforeAll, expect, it } from "vitest";
import { keepsBlobs } from "#tests/contracts/blob-store-contract.ts";
import { inMemoryBlobs } from "#tests/fakes.ts";
import { fsBlobs } from "./fs-blobs.ts";
import { s3Blobs } from "./s3-blobs.ts";

const KEYS = { region: "us-east-1", accessKeyId: "S3RVER", secretAccessKey: "S3RVER" };
let directory: string;
let server: S3rver;
let port: number;
let buckets = 0;

/** Another port only where it is told to: a store that comes back is where it was. */
async function startStore(at = 0): Promise<void> {
  server = new S3rver({ address: "127.0.0.1", port: at, silent: true, directory });
  ({ port } = await server.run());
}
async function bucket() {
  const name = `aria${++buckets}`;
  await server.configureBuckets([{ name }]);
  return { ...KEYS, url: `http://127.0.0.1:${port}/${name}` };
}

beforeAll(async () => {
  directory = await mkdtemp(path.join(tmpdir(), "aria-s3-"));
  await startStore();
});
afterAll(async () => {
  await server.close();
  await rm(directory, { recursive: true, force: true });
});

keepsBlobs("S3", async () => ({ blobs: s3Blobs(await bucket()), close: async () => {} }));
keepsBlobs("folder", async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "aria-blobs-"));
  return { blobs: fsBlobs(folder), close: () => rm(folder, { recursive: true }) };
});
keepsBlobs("memory", async () => ({ blobs: inMemoryBlobs(), close: async () => {} }));

const bytes = (text: string) => new TextEncoder().encode(text);

it("sweeps more than one page of a store, and what was made here from pictures", async () => {
  const derived = await mkdtemp(path.join(tmpdir(), "aria-thumbs-"));
  const blobs = s3Blobs(await bucket(), { derived });
  const { sha256: kept } = await blobs.put(bytes("kept"));
  for (let i = 0; i < 510; i++) await blobs.put(bytes(`orphan ${i}`));
  await writeFile(path.join(derived, `${kept}-320.avif`), "");
  await writeFile(path.join(derived, `${"f".repeat(64)}-320.avif`), "");
  expect(await blobs.sweep(async () => new Set([kept]), 0)).toBe(511);
  expect(await readdir(derived)).toEqual([`${kept}-320.avif`]);
  expect(await blobs.read(kept)).not.toBeNull();
  await rm(derived, { recursive: true });
});

it("says UNAVAILABLE while the store is away, and goes on by itself once it is back", async () => {
  const settings = await bucket();
  const [hasty, patient] = [s3Blobs(settings), s3Blobs(settings, { waitMs: 30_000 })];
  const { sha256 } = await hasty.put(bytes("before"));
  const at = port;
  await server.close();
  const gone = { code: "UNAVAILABLE", facts: { dependency: "storage", reason: expect.stringContaining("does not answer") } };
  await expect(hasty.put(bytes("meanwhile"))).rejects.toMatchObject(gone);
  await expect(hasty.read(sha256)).rejects.toMatchObject(gone);
  expect(await hasty.writable()).toBe(false);
  // What was painted meanwhile is kept as soon as there is a place for it.
  const waiting = patient.put(bytes("meanwhile"));
  await startStore(at);
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
  const blobs = s3Blobs({ ...KEYS, url }, { waitMs: 30_000 });
  const refused = { code: "UNAVAILABLE", facts: { dependency: "storage", reason: expect.stringContaining("refuses") } };
  await expect(blobs.put(bytes("a picture"))).rejects.toMatchObject(refused);
  expect(await blobs.writable()).toBe(false);
  expect(asked).toBe(2);
  readOnly.closeAllConnections();
  readOnly.close();
});

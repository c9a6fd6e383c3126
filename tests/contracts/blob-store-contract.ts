/** What every store of pictures keeps to, the fake too. */
import { createHash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import type { BlobStore } from "#server/ports.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const sha256Of = (text: string) => createHash("sha256").update(text).digest("hex");
/** A store may tell the time in whole seconds. */
const AGE_MS = 2_000;

export function keepsBlobs(name: string, open: () => Promise<{ blobs: BlobStore; close: () => Promise<void> }>): void {
  it(`${name}: gives back what was put, under its content address however often`, async () => {
    const { blobs, close } = await open();
    expect(await blobs.put(bytes("a picture"))).toEqual({ sha256: sha256Of("a picture") });
    expect(await blobs.put(bytes("a picture"))).toEqual({ sha256: sha256Of("a picture") });
    expect(Buffer.from((await blobs.read(sha256Of("a picture")))!).toString()).toBe("a picture");
    const large = Buffer.alloc(3_000_000, 7);
    const { sha256 } = await blobs.put(large);
    expect(Buffer.from((await blobs.read(sha256))!).equals(large)).toBe(true);
    expect(await blobs.read("0".repeat(64))).toBeNull();
    expect(await blobs.writable()).toBe(true);
    await close();
  });

  it(`${name}: sweeps away what is old and no row names, and nothing else`, async () => {
    const { blobs, close } = await open();
    for (const text of ["known", "orphan", "put again"]) await blobs.put(bytes(text));
    await sleep(AGE_MS + 1_200);
    await blobs.put(bytes("put again"));
    await blobs.put(bytes("young"));
    const known = async (sha256s: readonly string[]) =>
      new Set(sha256s.filter((sha256) => sha256 === sha256Of("known")));
    expect(await blobs.sweep(known, AGE_MS)).toBe(1);
    const left = ["known", "orphan", "put again", "young"].map(
      async (text) => (await blobs.read(sha256Of(text))) !== null,
    );
    expect(await Promise.all(left)).toEqual([true, false, true, true]);
    await close();
  });
}

import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import type { ArtworkId } from "#contracts/artwork.ts";
import { CollectionId } from "#contracts/collections.ts";
import type { ShareSlug } from "#contracts/shares.ts";
import { DEFAULT_SHARE_DAYS } from "#contracts/terms.ts";
import { createContainer } from "#server/container.ts";
import { fsBlobs } from "#server/infra/blobs/fs-blobs.ts";
import { passwordTries } from "#server/infra/limits/rate-limits.ts";
import { prismaRepos } from "#server/infra/prisma/repos.ts";
import { newSlug, scryptPasswords } from "#server/infra/secrets/passwords.ts";
import { fakePorts } from "#tests/fakes.ts";
import { hang } from "#tests/hung-artworks.ts";
import { emptyTables, openTestDatabase, ownerIn } from "#tests/test-database.ts";
import { makeServeImage } from "./serve-image.ts";
import { makeShares } from "./shares.ts";

const db = openTestDatabase();
const owner = await ownerIn(db);
const dir = mkdtempSync(path.join(tmpdir(), "aria-shares-"));
const blobs = fsBlobs(dir);
let now = new Date("2026-06-01T00:00:00Z");
const ports = fakePorts({ ...prismaRepos(db, owner), blobs, passwords: scryptPasswords, newSlug, now: () => now });
const aria = createContainer(ports);
const serveImage = makeServeImage({ blobs, thumbsDir: path.join(dir, "thumbs") });
const shares = makeShares({ aria, secret: "s".repeat(32), serveImage, tries: passwordTries().share });
let sha256 = "";

beforeAll(async () => {
  const png = await sharp({ create: { width: 96, height: 64, channels: 3, background: "teal" } })
    .png()
    .toBuffer();
  ({ sha256 } = await blobs.put(png));
});
beforeEach(() => emptyTables(db));
afterAll(async () => {
  await db.$disconnect();
  rmSync(dir, { recursive: true });
});

const requestOf = (url: string, init?: RequestInit) => new Request(`http://localhost${url}`, init);
const picture = (slug: string, id: string, { thumb = "320.webp", cookie = "" } = {}) =>
  shares.picture(requestOf(`/s/${slug}/${id}/${thumb}`, { headers: { cookie } }), { slug, id, thumb });
const told = async (reply: Response) => ({
  status: reply.status,
  body: await reply.text(),
  headers: [...reply.headers].sort(),
});
const share = (artworkId: ArtworkId, more = {}) =>
  aria.createShare({ of: { artworkId }, days: DEFAULT_SHARE_DAYS, ...more });
const unlock = (slug: ShareSlug, password: string) => {
  const body = new URLSearchParams({ password });
  return shares.unlock(requestOf(`/s/${slug}/unlock`, { method: "POST", body }), slug);
};

it("opens an artwork to whoever has the link, its picture and nothing of how it was made", async () => {
  const id = await hang(db, { title: "A lake", prompt: "my secret prompt", sha256 });
  const { slug, expiresAt } = await share(id);
  expect(expiresAt).toEqual(new Date("2026-07-01T00:00:00Z"));
  const opened = await shares.open(slug, undefined);
  expect(opened).toMatchObject({
    state: "open",
    title: "A lake",
    isCollection: false,
    artworks: [{ id, artist: "Aria" }],
  });
  expect(JSON.stringify(opened)).not.toContain("secret");
  const reply = await picture(slug, id);
  expect(reply.headers.get("content-type")).toBe("image/webp");
  const bytes = Buffer.from(await reply.arrayBuffer());
  expect(await sharp(bytes).metadata()).toMatchObject({ width: 96, height: 64, format: "webp" });
  expect(bytes.includes("trainedAlgorithmicMedia")).toBe(true);
  expect((await aria.artworks.get(id))?.feedback).toEqual(["share"]);
});

it("refuses what is not shared, by every address and kind of file, as it refuses what never was", async () => {
  const [shown, hidden] = [await hang(db, { sha256 }), await hang(db, { sha256 })];
  const open = await share(shown);
  const [revoked, old, locked] = [
    await share(shown),
    await share(shown, { days: 1 }),
    await share(shown, { password: "open sesame" }),
  ];
  await aria.revokeShare(revoked.slug);
  now = new Date("2026-06-03T00:00:00Z");
  const never = await told(await picture(newSlug(), randomUUID()));
  expect(never.status).toBe(404);
  const thumbs = ["320.webp", "640.webp", "1280.avif"];
  const attempts = [
    ...thumbs.map((thumb) => picture(open.slug, hidden, { thumb })),
    ...thumbs.map((thumb) => picture(revoked.slug, shown, { thumb })),
    ...thumbs.map((thumb) => picture(old.slug, shown, { thumb })),
    ...thumbs.map((thumb) => picture(locked.slug, shown, { thumb })),
    picture(locked.slug, shown, { cookie: `share-${locked.slug}=${"A".repeat(43)}` }),
    picture(locked.slug, shown, { cookie: `share-${open.slug}=${"A".repeat(43)}` }),
    picture(open.slug, shown, { thumb: "original.png" }),
    picture(open.slug, shown, { thumb: "..%2f..%2fetc" }),
    picture(open.slug, "../../../etc/passwd"),
    picture("../../..", shown),
    picture(`${open.slug}x`, shown),
    shares.oembed(requestOf(`/oembed?url=http://a.b/s/${locked.slug}`), "http://a.b"),
    shares.oembed(requestOf(`/oembed?url=http://a.b/s/${revoked.slug}`), "http://a.b"),
    shares.oembed(requestOf(`/oembed?url=http://a.b/s/${old.slug}`), "http://a.b"),
  ];
  expect(attempts.length).toBeGreaterThanOrEqual(20);
  for (const reply of await Promise.all(attempts)) expect(await told(reply)).toEqual(never);
  for (const slug of [revoked.slug, old.slug, newSlug()]) expect(await shares.open(slug, undefined)).toBeNull();
  expect(await shares.open(locked.slug, undefined)).toEqual({ state: "locked" });
  expect((await picture(open.slug, shown)).status).toBe(200);
  await db.artwork.update({ where: { id: shown }, data: { trashedAt: now } });
  expect(await told(await picture(open.slug, shown))).toEqual(never);
  expect(await shares.open(open.slug, undefined)).toBeNull();
});

it("is opened by its password, until that is tried too often", async () => {
  const id = await hang(db, { sha256 });
  const { slug } = await share(id, { password: "open sesame" });
  const wrong = await unlock(slug, "open sesamy");
  expect([wrong.status, wrong.headers.get("location")]).toEqual([303, `/s/${slug}?refused=wrong`]);
  const right = await unlock(slug, "open sesame");
  const cookie = right.headers.get("set-cookie")!;
  expect(cookie).toMatch(new RegExp(`Path=/s/${slug}; .*HttpOnly; SameSite=Lax`));
  const [pair = ""] = cookie.split(";");
  expect((await picture(slug, id, { cookie: pair })).status).toBe(200);
  expect(await shares.open(slug, pair.split("=")[1])).toMatchObject({ state: "open" });
  for (let i = 0; i < 10; i++) await unlock(slug, "guess");
  expect((await unlock(slug, "open sesame")).headers.get("location")).toBe(`/s/${slug}?refused=often`);
});

it("opens a collection, in its order, as it is when it is looked at", async () => {
  const [a, b, c] = [await hang(db, { sha256 }), await hang(db, { sha256 }), await hang(db, { sha256 })];
  const collectionId = CollectionId.parse(randomUUID());
  await aria.collections.create({ id: collectionId, name: "Blue" });
  await aria.collections.add(collectionId, [b, a]);
  const { slug } = await aria.createShare({ of: { collectionId }, days: null });
  const idsOf = async () => {
    const opened = await shares.open(slug, undefined);
    return opened?.state === "open" ? opened.artworks.map(({ id }) => id) : null;
  };
  expect(await idsOf()).toEqual([b, a]);
  expect((await picture(slug, c)).status).toBe(404);
  await aria.collections.add(collectionId, [c]);
  expect(await idsOf()).toEqual([b, a, c]);
  expect((await picture(slug, c)).status).toBe(200);
  await aria.countShareView(slug);
  expect(await aria.listShares({ collectionId })).toMatchObject([
    { slug, views: 1, expiresAt: null, hasPassword: false },
  ]);
  await aria.collections.remove(collectionId);
  expect(await shares.open(slug, undefined)).toBeNull();
});

it("embeds as a photo, no wider than is asked for", async () => {
  const id = await hang(db, { title: "A lake", sha256, widthPx: 768, heightPx: 512 });
  const { slug } = await share(id);
  const url = encodeURIComponent(`https://aria.example/s/${slug}`);
  const embed = async (more = "") =>
    (await shares.oembed(requestOf(`/oembed?url=${url}${more}`), "https://aria.example")).json();
  expect(await embed()).toEqual({
    version: "1.0",
    type: "photo",
    title: "A lake",
    author_name: "Aria",
    provider_name: "Aria",
    provider_url: "https://aria.example",
    url: `https://aria.example/s/${slug}/${id}/1280.webp`,
    width: 768,
    height: 512,
  });
  expect(await embed("&maxwidth=700")).toMatchObject({ width: 640, height: 427 });
  expect((await shares.oembed(requestOf(`/oembed?url=${url}&format=xml`), "")).status).toBe(501);
});

it("shares nothing that is not there", async () => {
  const nowhere = randomUUID() as ArtworkId;
  await expect(share(nowhere)).rejects.toMatchObject({ facts: { kind: "artwork", id: nowhere } });
  await expect(aria.revokeShare(newSlug())).rejects.toMatchObject({ facts: { kind: "share" } });
});

import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, expect, it } from "vitest";
import { fsBlobs } from "#server/infra/blobs/fs-blobs.ts";
import { makeOwnsFile } from "#server/services/own-files.ts";
import { fakePorts } from "#tests/fakes.ts";
import { makeServeImage, serveOwnImage } from "./serve-image.ts";

const dir = mkdtempSync(path.join(tmpdir(), "aria-images-"));
const blobs = fsBlobs(path.join(dir, "blobs"));
const serveImage = makeServeImage({ blobs, thumbsDir: path.join(dir, "thumbs") });
const get = (sha: string, thumb?: string, query = "") =>
  serveImage(new Request(`http://aria.test/images/${sha}${query}`), sha, thumb);
let png: Buffer;
let sha: string;

beforeAll(async () => {
  png = await sharp({ create: { width: 600, height: 300, channels: 3, background: "#468" } })
    .png()
    .toBuffer();
  sha = (await blobs.put(png)).sha256;
});
afterAll(() => rmSync(dir, { recursive: true }));

it("serves the original for ever, and as a file where that is asked", async () => {
  const reply = await get(sha);
  expect(Buffer.from(await reply.arrayBuffer())).toEqual(png);
  expect(reply.headers.get("cache-control")).toContain("immutable");
  expect(reply.headers.get("x-content-type-options")).toBe("nosniff");
  const file = await get(sha, undefined, "?download");
  expect(file.headers.get("content-disposition")).toBe(`attachment; filename="aria-${sha.slice(0, 12)}.png"`);
});

it.each(["320.webp", "320.avif", "1280.webp"])(
  "makes the thumbnail %s once, never larger than the picture",
  async (thumb) => {
    const [first, again] = [await get(sha, thumb), await get(sha, thumb)];
    const bytes = Buffer.from(await first.arrayBuffer());
    expect((await sharp(bytes).metadata()).width).toBe(Math.min(600, Number.parseInt(thumb, 10)));
    expect(first.headers.get("content-type")).toBe(`image/${thumb.split(".")[1]}`);
    expect(Buffer.from(await again.arrayBuffer())).toEqual(bytes);
    expect(
      readdirSync(path.join(dir, "thumbs"), { recursive: true }).some((name) => String(name).endsWith(".part")),
    ).toBe(false);
  },
);

it("shows a picture to whoever owns it, and tells anybody else that there is none", async () => {
  const asked: string[] = [];
  const files = {
    ...fakePorts().files,
    isOwn: async (sha256: string) => {
      asked.push(sha256);
      return sha256 === sha;
    },
  };
  const ownsFile = makeOwnsFile({ files });
  const serve = serveOwnImage(serveImage);
  const look = async (name: string, thumb?: string) =>
    (await serve({ ownsFile }, new Request(`http://aria.test/images/${name}`), name, thumb)).status;
  const anothers = (await blobs.put(await sharp(png).negate().png().toBuffer())).sha256;
  expect([await look(sha), await look(sha, "320.webp"), await look(sha)]).toEqual([200, 200, 200]);
  expect([await look(anothers), await look(anothers, "320.webp"), await look("../secret")]).toEqual([404, 404, 404]);
  // What is theirs is asked for once.
  expect(asked).toEqual([sha, anothers, anothers]);
  expect((await get(sha)).headers.get("cache-control")).toContain("private");
});

it("knows nothing else by any name", async () => {
  for (const [name, thumb] of [
    ["0".repeat(64)],
    ["../secret"],
    [sha, "321.webp"],
    [sha, "320.svg"],
    ["0".repeat(64), "320.webp"],
  ]) {
    const reply = await get(name!, thumb);
    expect([reply.status, reply.headers.get("content-type")]).toEqual([404, "application/problem+json"]);
    expect(await reply.json()).toMatchObject({ code: "NOT_FOUND", facts: { kind: "image", id: name } });
  }
  const followed = new Request("http://aria.test/images/x", { headers: { accept: "text/html,*/*;q=0.8" } });
  expect(await (await serveImage(followed, "x")).text()).toBe("There is no image called x.");
});

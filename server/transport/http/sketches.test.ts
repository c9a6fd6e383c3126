import sharp from "sharp";
import { expect, it } from "vitest";
import { createContainer } from "#server/container.ts";
import { fakePorts, inMemoryBlobs } from "#tests/fakes.ts";
import { sketches } from "./sketches.ts";

const blobs = inMemoryBlobs();
const aria = createContainer(fakePorts({ blobs }));
const send = (body: Uint8Array, type = "image/png") =>
  sketches(
    aria,
    new Request("http://aria.test/sketches", {
      method: "POST",
      headers: { "content-type": type },
      body: new Uint8Array(body),
    }),
  );
const picture = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 4, background: { r: 255, g: 0, b: 0, alpha: 0.5 } } });

it("keeps a picture as a small opaque PNG, under its content address", async () => {
  const reply = await send(
    await picture(2_000, 1_000)
      .withExif({ IFD0: { Artist: "somebody" } })
      .webp()
      .toBuffer(),
    "image/webp",
  );
  expect(reply.status).toBe(200);
  const { sha256 } = await reply.json();
  const kept = await sharp(Buffer.from(await aria.readPng(sha256))).metadata();
  expect(kept).toMatchObject({ format: "png", width: 512, height: 256, channels: 3 });
  expect(kept.exif).toBeUndefined();
  expect(await aria.ownsFile(sha256)).toBe(true);
});

it.each([
  ["text", Buffer.from("<svg xmlns='http://www.w3.org/2000/svg'/>"), "image/svg+xml", "content-type"],
  ["a form's type", Buffer.from("x"), "text/plain", "content-type"],
  ["what is no picture", Buffer.from("no picture"), "image/png", "sketch"],
  [
    "a drawing program in a picture's clothes",
    Buffer.from("<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>"),
    "image/png",
    "sketch",
  ],
  ["nothing", Buffer.alloc(0), "image/png", "sketch"],
  ["too many bytes", Buffer.alloc(13 * 1024 * 1024), "image/png", "sketch"],
])("refuses %s, and keeps nothing", async (_, body, type, field) => {
  const before = blobs.names();
  const reply = await send(body, type);
  expect(reply.status).toBe(400);
  expect(reply.headers.get("content-type")).toBe("application/problem+json");
  const problem = { type: "about:blank", title: "Bad Request", status: 400, code: "INVALID", facts: { field } };
  expect(await reply.json()).toMatchObject(problem);
  expect(blobs.names()).toEqual(before);
});

it("refuses more pixels than it would decode, however small the file", async () => {
  const huge = await sharp({ create: { width: 8_000, height: 8_000, channels: 3, background: "#fff" } })
    .png()
    .toBuffer();
  const reply = await send(huge);
  expect((await reply.json()).detail).toContain("40 megapixels");
});

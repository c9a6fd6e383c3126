import { randomUUID } from "node:crypto";
import sharp from "sharp";
import { afterAll, beforeEach, expect, it } from "vitest";
import yauzl from "yauzl";
import type { ArtworkId } from "#contracts/artwork.ts";
import { ExportSettings } from "#contracts/exports.ts";
import { createContainer } from "#server/container.ts";
import { pictureExporter } from "#server/infra/exports/picture-exporter.ts";
import { prismaRepos } from "#server/infra/prisma/repos.ts";
import { fakeGenerator, fakePorts, inMemoryBlobs } from "#tests/fakes.ts";
import { hang } from "#tests/hung-artworks.ts";
import { emptyTables, openTestDatabase, ownerIn } from "#tests/test-database.ts";
import { exportMany, exportOne } from "./exports.ts";

const db = openTestDatabase();
const owner = await ownerIn(db);
const blobs = inMemoryBlobs();
const aria = createContainer(fakePorts({ ...prismaRepos(db, owner), blobs, exporter: pictureExporter }));
beforeEach(() => emptyTables(db));
afterAll(() => db.$disconnect());

async function painted(title = "A Lake, at Last"): Promise<ArtworkId> {
  const png = await sharp({ create: { width: 96, height: 64, channels: 3, background: "teal" } })
    .png()
    .toBuffer();
  return hang(db, { title, ...(await blobs.put(png)), widthPx: 96, heightPx: 64 });
}
const one = (id: string, query = "") =>
  exportOne(aria, new Request(`http://localhost/artworks/${id}/export${query}`), id);
const many = (body: unknown, type = "application/json") =>
  exportMany(
    aria,
    new Request("http://localhost/exports", {
      method: "POST",
      body: JSON.stringify(body),
      headers: { "content-type": type },
    }),
  );

const entriesOf = (zip: Buffer): Promise<{ name: string; bytes: number }[]> =>
  new Promise((resolve, reject) => {
    yauzl.fromBuffer(zip, { lazyEntries: false }, (error, file) => {
      if (error) return reject(error);
      const entries: { name: string; bytes: number }[] = [];
      file.on("entry", (entry: yauzl.Entry) => entries.push({ name: entry.fileName, bytes: entry.uncompressedSize }));
      file.on("end", () => resolve(entries));
    });
  });

it("gives one file, named after its title, at the size asked for", async () => {
  const id = await painted();
  const reply = await one(id, "?frame=twitter&type=jpeg&metadata=false");
  expect(reply.headers.get("content-disposition")).toBe(
    `attachment; filename="a-lake-at-last-${id.slice(0, 8)}-twitter.jpg"`,
  );
  expect(await sharp(Buffer.from(await reply.arrayBuffer())).metadata()).toMatchObject({
    width: 1200,
    height: 675,
    format: "jpeg",
  });
  expect((await one(await painted("日本 ../../etc"))).headers.get("content-disposition")).toMatch(
    /filename="etc-[0-9a-f]{8}\.png"/,
  );
});

it("tells how it was painted, in the words of the field", async () => {
  const id = await painted();
  await db.order.update({ where: { id }, data: { scheduleType: "karras", underpainting: 0.6 } });
  const { xmpAsString } = await sharp(Buffer.from(await (await one(id, "?type=webp")).arrayBuffer())).metadata();
  expect(xmpAsString).toContain(
    "Steps: 8, Sampler: DPM++ 2M, Schedule type: Karras, CFG scale: 3.5, Seed: 1, Size: 256x256, Model hash: hung, Model: aria, Denoising strength: 0.6",
  );
});

it("gives a selection as a zip that opens, all of it", async () => {
  const ids = [await painted("One"), await painted("Two"), await painted("One")];
  const reply = await many({ artworkIds: ids, frame: "instagram", type: "webp" });
  expect(reply.headers.get("content-type")).toBe("application/zip");
  const entries = await entriesOf(Buffer.from(await reply.arrayBuffer()));
  expect(entries.map(({ name }) => name)).toEqual(
    ids.map((id, i) => `${["one", "two", "one"][i]}-${id.slice(0, 8)}-instagram.webp`),
  );
  for (const { bytes } of entries) expect(bytes).toBeGreaterThan(100);
});

it("asks for the models' licences once a zip", async () => {
  let asked = 0;
  const health = () => {
    asked++;
    return fakeGenerator().health();
  };
  const generator = fakeGenerator({ health });
  const { exportArtworks } = createContainer(
    fakePorts({ ...prismaRepos(db, owner), blobs, exporter: pictureExporter, generator }),
  );
  const ids = [await painted(), await painted()];
  const names = [];
  for await (const { name } of await exportArtworks(ids, ExportSettings.parse({}))) names.push(name);
  expect([names.length, asked]).toEqual([2, 1]);
});

it("refuses by field and limit, before anything flows", async () => {
  const id = await painted();
  for (const [reply, field] of [
    [await one(id, "?frame=myspace"), "frame"],
    [await one(id, "?dpi=10000"), "dpi"],
    [await many({ artworkIds: [] }), "artworkIds"],
    [await many({ artworkIds: [id] }, "text/plain"), "content-type"],
  ] as const) {
    expect(reply.status).toBe(400);
    expect((await reply.json()).facts.field).toBe(field);
  }
  expect((await one(randomUUID())).status).toBe(404);
  expect((await one("../../etc/passwd")).status).toBe(404);
  expect((await many({ artworkIds: [id, randomUUID()] })).status).toBe(404);
});

it("ends the stream short where a file is gone, so that no half zip looks whole", async () => {
  const [id, gone] = [await painted(), await hang(db)];
  const reply = await many({ artworkIds: [id, gone] });
  await expect(reply.arrayBuffer()).rejects.toThrow();
});

it("remembers where a person moved the eye to", async () => {
  const id = await painted();
  const settings = { frame: "instagram", paper: "a4", bleedMm: 3 } as const;
  expect(await aria.focusOf(id, settings)).toMatchObject({ isChosen: false });
  await aria.setFocal({ artworkId: id, focal: { x: 0.25, y: 0.75 } });
  expect(await aria.focusOf(id, settings)).toEqual({ focal: { x: 0.25, y: 0.75 }, isChosen: true });
  await aria.setFocal({ artworkId: id, focal: null });
  expect(await aria.focusOf(id, settings)).toMatchObject({ isChosen: false });
  await expect(aria.setFocal({ artworkId: randomUUID() as ArtworkId, focal: null })).rejects.toMatchObject({
    code: "NOT_FOUND",
  });
});

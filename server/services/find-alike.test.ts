import { randomUUID } from "node:crypto";
import { afterAll, beforeEach, expect, it } from "vitest";
import { ArtworkId } from "#contracts/artwork.ts";
import { prismaGallery } from "#server/infra/prisma/gallery.ts";
import { fakeGenerator } from "#tests/fakes.ts";
import { hang } from "#tests/hung-artworks.ts";
import { emptyTables, openTestDatabase, ownerIn } from "#tests/test-database.ts";
import { makeFindAlike } from "./find-alike.ts";

const db = openTestDatabase();
const owner = await ownerIn(db);
const gallery = prismaGallery(db, owner);
beforeEach(() => emptyTables(db));
afterAll(() => db.$disconnect());

const heard = { heard: ["a lake"], direction: [0, 1] };
const generator = fakeGenerator({ meaning: async (_model, words) => (words === "lake" ? heard : null) });
const idsOf = ({ tiles }: { tiles: readonly { id: string }[] }) => tiles.map(({ id }) => id);

it("finds what is like an artwork, what came since too, and nothing in the trash", async () => {
  const findAlike = makeFindAlike({ gallery, generator });
  const one = await hang(db, { embedding: Float32Array.of(1, 0) });
  const near = await hang(db, { embedding: Float32Array.of(0.8, 0.6) });
  const far = await hang(db, { embedding: Float32Array.of(0, 1) });
  await hang(db, { embedding: Float32Array.of(1, 0), trashedAt: new Date() });
  await hang(db, { embedding: Float32Array.of(1, 0, 0), modelId: "other" });
  expect(idsOf(await findAlike({ artworkId: one }))).toEqual([near, far]);
  const since = await hang(db, { embedding: Float32Array.of(0.96, 0.28) });
  const both = await Promise.all([findAlike({ artworkId: one }), findAlike({ artworkId: one })]);
  for (const found of both) expect(idsOf(found)).toEqual([since, near, far]);
});

it("finds by what words mean, says what it heard, and finds nothing where it heard nothing", async () => {
  const findAlike = makeFindAlike({ gallery, generator });
  const dry = await hang(db, { embedding: Float32Array.of(1, -0.5) });
  const wet = await hang(db, { embedding: Float32Array.of(0, 1) });
  const found = await findAlike({ words: "lake" });
  expect(found.heard).toEqual(["a lake"]);
  expect(idsOf(found)).toEqual([wet, dry]);
  expect(await findAlike({ words: "xyzzy" })).toEqual({ tiles: [], heard: [] });
});

it("says so where no scorer has seen an artwork, or there is none", async () => {
  const findAlike = makeFindAlike({ gallery, generator });
  const blind = await hang(db);
  await expect(findAlike({ artworkId: blind })).rejects.toMatchObject({ code: "INVALID" });
  const nobody = ArtworkId.parse(randomUUID());
  await expect(findAlike({ artworkId: nobody })).rejects.toMatchObject({ code: "NOT_FOUND" });
});

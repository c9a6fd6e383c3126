import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import { ArtistId } from "#contracts/mind.ts";
import { fakePorts } from "#tests/fakes.ts";
import { makeCreateArtist } from "./create-artist.ts";

it("brings another artist to life, once an id, up to twelve with the first", async () => {
  const ports = fakePorts();
  const createArtist = makeCreateArtist(ports);
  const input = (name: string) => ({ id: ArtistId.parse(randomUUID()), name, curiosity: 0.5, patience: 0.5 });
  const last = input("Number 11");
  for (let i = 1; i < 11; i++) await createArtist(input(`Number ${i}`));
  expect(await createArtist(last)).toMatchObject({ name: "Number 11" });
  expect(await createArtist(last)).toMatchObject({ id: last.id });
  await expect(createArtist(input("Number 12"))).rejects.toMatchObject({ code: "CONFLICT" });
  expect(await ports.artists.list()).toHaveLength(12);
});

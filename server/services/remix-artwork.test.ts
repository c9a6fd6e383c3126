import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { ArtworkId } from "#contracts/artwork.ts";
import { Lexicon } from "#contracts/lexicon.ts";
import { createContainer } from "#server/container.ts";
import { fakeGenerator, fakePorts } from "#tests/fakes.ts";
import { seeded } from "#tests/seeded.ts";
import { subjectOf } from "./remix-artwork.ts";

const lexicon = Lexicon.parse(JSON.parse(readFileSync("models/aria/lexicon.json", "utf8")));
const never = new AbortController().signal;

async function painted(prompt: string, more: object = {}) {
  const generator = fakeGenerator({ lexicon: async () => lexicon });
  const aria = createContainer(fakePorts({ generator, rng: seeded(1) }));
  const paint = async (order: { id: never | string }) => {
    await aria.paintOrder(order.id as never, never);
    return (await aria.orders.get(order.id as never))!;
  };
  const placed = await aria.placeOrder({
    prompt,
    edited: prompt,
    enhance: false,
    negativePrompt: "",
    count: 1,
    ...more,
  });
  const { artworkId } = await paint(placed);
  return { aria, paint, artworkId: ArtworkId.parse(artworkId) };
}

it("varies a work over itself, in the same words, and remembers whose child it is", async () => {
  const { aria, paint, artworkId } = await painted("a lake, woodcut, sepia");
  const order = await paint(await aria.remixArtwork({ artworkId, kind: "variation" }));
  expect(order).toMatchObject({
    prompt: "a lake, woodcut, sepia",
    parentId: artworkId,
    remix: "variation",
    underpainting: 0.5,
  });
  expect(order.sketch).not.toBeNull();
  const child = await aria.artworks.get(ArtworkId.parse(order.artworkId));
  expect(child?.parent).toMatchObject({ tile: { id: artworkId }, remix: "variation" });
  expect((await aria.artworks.get(artworkId))?.children).toMatchObject([{ id: child?.id }]);
});

it("paints it in another manner, with its colours, and in another mood, with that mood's", async () => {
  const { aria, paint, artworkId } = await painted("a lake, woodcut, sepia");
  const style = await paint(await aria.remixArtwork({ artworkId, kind: "style", style: "ink wash" }));
  expect(style).toMatchObject({ prompt: "a lake, ink wash, sepia", remix: "style" });
  const mood = await paint(await aria.remixArtwork({ artworkId, kind: "mood", mood: "playful" }));
  expect(mood).toMatchObject({ theme: "a lake", mood: "playful", remix: "mood", subject: "a lake" });
  expect(mood.prompt).not.toContain("woodcut");
  expect(mood.title).toContain("at Play");
});

it("begins from nothing where the work was, and refuses one that is not there", async () => {
  const { aria, artworkId } = await painted("a lake, woodcut", { underpainting: null });
  expect(await aria.remixArtwork({ artworkId, kind: "variation" })).toMatchObject({ sketch: null });
  const nowhere = ArtworkId.parse("00000000-0000-4000-8000-000000000000");
  await expect(aria.remixArtwork({ artworkId: nowhere, kind: "variation" })).rejects.toMatchObject({
    code: "NOT_FOUND",
  });
});

it("takes manner and colours out of a prompt, and nothing of what is to be seen", () => {
  expect(subjectOf("a boat on a lake, woodcut, in the fog, sepia", lexicon)).toBe("a boat on a lake, in the fog");
  expect(subjectOf("watercolor, a lake", lexicon)).toBe("watercolor, a lake");
  expect(subjectOf("a lake, woodcut", null)).toBe("a lake");
});

import sharp from "sharp";
import { expect, it } from "vitest";
import { filmOf } from "./film-of.ts";

const flat = (width: number, height: number, background: string) =>
  sharp({ create: { width, height, channels: 3, background } });

it("shows every stroke and then the picture, in the picture's own shape", async () => {
  const strokes = await Promise.all(["red", "lime"].map((colour) => flat(24, 16, colour).jpeg().toBuffer()));
  const film = await filmOf(strokes, await flat(768, 512, "blue").png().toBuffer());
  const meta = await sharp(film, { animated: true }).metadata();
  expect(meta).toMatchObject({
    format: "webp",
    pages: 3,
    width: 384,
    pageHeight: 256,
    loop: 1,
    delay: [320, 320, 3000],
  });
  const colours = await Promise.all(
    [0, 1, 2].map(async (page) => [...(await sharp(film, { page }).resize(1, 1).removeAlpha().raw().toBuffer())]),
  );
  for (const [i, colour] of colours.entries()) expect(colour.indexOf(Math.max(...colour))).toBe(i);
});

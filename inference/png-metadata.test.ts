import { crc32 } from "node:zlib";
import sharp from "sharp";
import { expect, it } from "vitest";
import { type PaintingRecord, withPngMetadata } from "./png-metadata.ts";

const painting: PaintingRecord = {
  prompt: "a lighthouse, fog",
  negativePrompt: "people",
  seed: 4_294_967_295,
  modelId: "aria-studio",
  modelHash: "0123456789ab",
  sampler: "dpmpp-2m",
  scheduleType: "karras",
  steps: 20,
  guidanceStop: 1,
  guidance: 7.5,
  widthPx: 512,
  heightPx: 768,
  underpainting: 0.6,
  sketch: null,
  mask: null,
  int8: false,
  spoken: "oil painting of the ocean",
  scores: {
    agreement: 0.875,
    sharpness: 0.5,
    exposure: 0.75,
    contrast: 0.25,
    clipping: 1,
    soundness: null,
    composition: 0.5,
    aesthetic: null,
    taste: null,
  },
};
const blank = sharp({ create: { width: 8, height: 8, channels: 3, background: "#824" } });
const png = await blank.png().toBuffer();

/** Chunks of a PNG in order; a wrong checksum is an error. */
function chunksOf(bytes: Uint8Array): { type: string; data: Buffer }[] {
  const buffer = Buffer.from(bytes);
  const chunks = [];
  for (let at = 8; at < buffer.length; ) {
    const end = at + 8 + buffer.readUInt32BE(at);
    const type = buffer.toString("latin1", at + 4, at + 8);
    if (crc32(buffer.subarray(at + 4, end)) !== buffer.readUInt32BE(end)) throw new Error(`bad checksum of ${type}`);
    chunks.push({ type, data: buffer.subarray(at + 8, end) });
    at = end + 4;
  }
  return chunks;
}

/** Text under a keyword, and the kind of chunk it came in. */
function textOf(bytes: Uint8Array, keyword: string): { type: string; text: string } {
  for (const { type, data } of chunksOf(bytes)) {
    if (type === "tEXt" && data.toString("latin1").startsWith(`${keyword}\0`))
      return { type, text: data.toString("latin1", keyword.length + 1) };
    if (type === "iTXt" && data.toString("utf8").startsWith(`${keyword}\0`))
      return { type, text: data.toString("utf8", keyword.length + 5) };
  }
  throw new Error(`no ${keyword} in the picture`);
}

it("tells Stable Diffusion tools the parameters in their own words", () => {
  expect(textOf(withPngMetadata(png, painting), "parameters")).toEqual({
    type: "tEXt",
    text: `a lighthouse, fog
Negative prompt: people
Steps: 20, Sampler: DPM++ 2M, Schedule type: Karras, CFG scale: 7.5, Seed: 4294967295, Size: 512x768, Model hash: 0123456789ab, Model: aria-studio, Denoising strength: 0.6`,
  });
});

it("keeps a prompt of any script, in the chunk made for it", () => {
  const prompt = "灯台、霧 – été 🎨";
  const bytes = withPngMetadata(png, { ...painting, prompt });
  expect(textOf(bytes, "parameters")).toMatchObject({ type: "iTXt", text: expect.stringContaining(prompt) });
  expect(JSON.parse(textOf(bytes, "aria").text)).toMatchObject({ prompt });
  expect(textOf(withPngMetadata(png, { ...painting, prompt: "été" }), "parameters").type).toBe("tEXt");
});

it("keeps everything needed to paint it again", () => {
  expect(JSON.parse(textOf(withPngMetadata(png, painting), "aria").text)).toEqual({ schemaVersion: 5, ...painting });
});

it("says that an algorithm made it, where XMP readers look", async () => {
  const { xmpAsString } = await sharp(withPngMetadata(png, painting)).metadata();
  expect(xmpAsString).toContain("http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia");
});

it("leaves the pixels alone and the same painting the same bytes", async () => {
  const [once, again] = [withPngMetadata(png, painting), withPngMetadata(png, { ...painting })];
  expect(Buffer.compare(once, again)).toBe(0);
  expect(await sharp(once).raw().toBuffer()).toEqual(await blank.raw().toBuffer());
  expect(chunksOf(once).map(({ type }) => type)).toEqual(
    expect.arrayContaining(["IHDR", "tEXt", "iTXt", "IDAT", "IEND"]),
  );
});

it("leaves out what was not asked for, and a zero byte that would end the text", () => {
  const bytes = withPngMetadata(png, { ...painting, prompt: "fog\0bank", negativePrompt: "", underpainting: null });
  const { text } = textOf(bytes, "parameters");
  expect(text.startsWith("fogbank\nSteps: 20")).toBe(true);
  expect(text).not.toContain("Denoising strength");
});

it("refuses what is no PNG", () => {
  expect(() => withPngMetadata(new Uint8Array(100), painting)).toThrow("takes an encoded PNG");
});

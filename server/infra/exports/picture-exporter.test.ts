import sharp from "sharp";
import { expect, it } from "vitest";
import { cropAround, ExportSettings, FRAMES, type Frame } from "#contracts/exports.ts";
import { seeded } from "#tests/seeded.ts";
import { pictureExporter } from "./picture-exporter.ts";

const told = {
  title: "A lake",
  artist: "Aria",
  prompt: "a quiet lake",
  modelId: "aria",
  licence: "MIT",
  parameters: "a quiet lake\nSteps: 8, Seed: 7",
  focal: null,
};
const draw = (svg: string, width: number, height: number) =>
  sharp(Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${svg}</svg>`))
    .png()
    .toBuffer();
const settings = (part: object) => ExportSettings.parse(part);
const SOCIAL = (Object.keys(FRAMES) as Frame[]).filter((frame) => FRAMES[frame] !== null);

/** Extent of what is bright, in px. */
async function extentOf(bytes: Uint8Array) {
  const { data, info } = await sharp(bytes).greyscale().raw().toBuffer({ resolveWithObject: true });
  const [xs, ys]: [number[], number[]] = [[], []];
  for (let i = 0; i < info.width * info.height; i++)
    if (data[i * info.channels]! > 128) {
      xs.push(i % info.width);
      ys.push(Math.floor(i / info.width));
    }
  const reach = (places: number[]) =>
    places.reduce((a, b) => Math.max(a, b), 0) - places.reduce((a, b) => Math.min(a, b), 1e9) + 1;
  return { width: reach(xs), height: reach(ys) };
}

it.each(SOCIAL)("gives %s its exact size from any shape, and a circle stays round", async (frame) => {
  for (const [width, height] of [
    [512, 512],
    [768, 512],
    [512, 768],
    [512, 1024],
  ] as const) {
    const circle = `<rect width="100%" height="100%"/><circle cx="${width / 2}" cy="${height / 2}" r="90" fill="white"/>`;
    const { bytes } = await pictureExporter.export(
      await draw(circle, width, height),
      settings({ frame, type: "png", metadata: false }),
      {
        ...told,
        focal: { x: 0.5, y: 0.5 },
      },
    );
    const meta = await sharp(bytes).metadata();
    expect([meta.width, meta.height]).toEqual([FRAMES[frame]!.widthPx, FRAMES[frame]!.heightPx]);
    const extent = await extentOf(bytes);
    expect(Math.abs(extent.width / extent.height - 1)).toBeLessThan(0.01);
  }
});

it.each(["png", "jpeg", "webp", "avif", "tiff"] as const)(
  "writes %s at the size it was painted, with what is told or without",
  async (type) => {
    const png = await draw('<rect width="100%" height="100%" fill="teal"/>', 192, 128);
    const kept = await pictureExporter.export(png, settings({ type }), told);
    const stripped = await pictureExporter.export(png, settings({ type, metadata: "false" }), told);
    expect(await sharp(stripped.bytes).metadata()).toMatchObject({ width: 192, height: 128 });
    expect(stripped.mediaType).toBe(`image/${type}`);
    const xmpIn = async (bytes: Uint8Array) => String((await sharp(bytes).metadata()).xmp);
    expect(await xmpIn(stripped.bytes)).toContain("trainedAlgorithmicMedia");
    expect(await xmpIn(stripped.bytes)).not.toContain("quiet lake");
    expect(Buffer.from(stripped.bytes).includes("quiet lake")).toBe(false);
    // As it was painted is as it was painted: its text chunks are in it already.
    if (type === "png") expect(Buffer.compare(kept.bytes, png)).toBe(0);
    else expect(await xmpIn(kept.bytes)).toContain("a quiet lake\nSteps: 8, Seed: 7");
  },
);

it("prints a PDF to the bleed, with a box where it is cut, lying as the picture does", async () => {
  const png = await draw('<rect width="100%" height="100%" fill="teal"/>', 192, 128);
  const { bytes, mediaType } = await pictureExporter.export(
    png,
    settings({ frame: "print", paper: "a5", dpi: "100", bleedMm: "3" }),
    told,
  );
  expect(mediaType).toBe("application/pdf");
  const text = Buffer.from(bytes).toString("latin1");
  const points = (mm: number) => (mm * 72) / 25.4;
  const box = (name: string) => new RegExp(`/${name} \\[([\\d. ]+)\\]`).exec(text)![1]!.split(" ").map(Number);
  expect(box("MediaBox")[2]).toBeCloseTo(points(216), 1);
  expect(box("MediaBox")[3]).toBeCloseTo(points(154), 1);
  expect(box("TrimBox")[0]).toBeCloseTo(points(3), 1);
  expect(box("TrimBox")[2]).toBeCloseTo(points(213), 1);
  expect(text).toMatch(new RegExp(`/Width ${Math.round((216 / 25.4) * 100)}\\b`));
  expect(text).toMatch(new RegExp(`/Height ${Math.round((154 / 25.4) * 100)}\\b`));
});

it("crops around the point a person chose, as near as the edges allow", () => {
  const size = { widthPx: 600, heightPx: 400 };
  expect(cropAround({ x: 1, y: 0.5 }, size, 1)).toEqual({ leftPx: 200, topPx: 0, widthPx: 400, heightPx: 400 });
  expect(cropAround({ x: 0.5, y: 0 }, size, 3)).toEqual({ leftPx: 0, topPx: 0, widthPx: 600, heightPx: 200 });
  expect(cropAround({ x: 0.4, y: 0.5 }, size, 1)).toEqual({ leftPx: 40, topPx: 0, widthPx: 400, heightPx: 400 });
});

/** A subject somewhere on a ground: what a person would not want cut off. */
const GROUNDS = [
  '<linearGradient id="g" x2="0" y2="1"><stop stop-color="#27445c"/><stop offset="1" stop-color="#c98d5b"/></linearGradient>',
  '<linearGradient id="g" x2="0" y2="1"><stop stop-color="#d9d2c4"/><stop offset="1" stop-color="#9ba58c"/></linearGradient>',
  '<linearGradient id="g" x2="1" y2="1"><stop stop-color="#11182b"/><stop offset="1" stop-color="#3a2f52"/></linearGradient>',
  '<linearGradient id="g" x2="0" y2="1"><stop stop-color="#7aa7b8"/><stop offset="1" stop-color="#e8dcc0"/></linearGradient>',
];
const SUBJECTS = [
  (x: number, y: number) =>
    `<path d="M${x - 22} ${y + 70}L${x - 12} ${y - 60}h24L${x + 22} ${y + 70}Z" fill="#f4efe6"/><rect x="${x - 15}" y="${y - 82}" width="30" height="22" fill="#b5322a"/>`,
  (x: number, y: number) =>
    `<ellipse cx="${x}" cy="${y - 15}" rx="42" ry="50" fill="#d9482f"/><path d="M${x - 18} ${y + 34}h36l-8 26h-20Z" fill="#4d3420"/>`,
  (x: number, y: number) =>
    `<rect x="${x - 7}" y="${y}" width="14" height="70" fill="#3b2a1d"/><circle cx="${x}" cy="${y - 20}" r="46" fill="#3f7d3a"/>`,
  (x: number, y: number) =>
    `<path d="M${x - 55} ${y + 10}h110l-24 34h-62Z" fill="#5a2f22"/><path d="M${x} ${y - 70}v76h-46Zm8 14v62h38Z" fill="#fffaf0"/>`,
  (x: number, y: number) =>
    [
      ...Array.from(
        { length: 8 },
        (_, i) =>
          `<ellipse cx="${x}" cy="${y - 32}" rx="14" ry="30" fill="#c2357b" transform="rotate(${i * 45} ${x} ${y})"/>`,
      ),
      `<circle cx="${x}" cy="${y}" r="15" fill="#ffd35c"/>`,
    ].join(""),
];

it("keeps the subject in the crop on at least 19 of 20 pictures", async () => {
  const chance = seeded(20);
  let kept = 0;
  for (let i = 0; i < 20; i++) {
    const isTall = i % 2 === 0;
    const [width, height] = isTall ? [512, 768] : [768, 512];
    const [x, y] = [90 + chance() * (width - 180), 90 + chance() * (height - 180)];
    const grain = Array.from(
      { length: 60 },
      () =>
        `<circle cx="${chance() * width}" cy="${chance() * height}" r="${1 + chance() * 2}" fill="#fff" opacity="0.15"/>`,
    );
    const svg = `<defs>${GROUNDS[i % 4]}</defs><rect width="100%" height="100%" fill="url(#g)"/>${grain.join("")}${SUBJECTS[i % 5]!(x, y)}`;
    const aspect = isTall ? 1200 / 675 : 1000 / 1500;
    const focus = await pictureExporter.findFocus(await draw(svg, width, height), aspect);
    const crop = cropAround(focus, { widthPx: width, heightPx: height }, aspect);
    // The middle half of it is what must be seen; of the whole, at most a corner may be cut.
    const isIn =
      x - 30 >= crop.leftPx &&
      x + 30 <= crop.leftPx + crop.widthPx &&
      y - 30 >= crop.topPx &&
      y + 30 <= crop.topPx + crop.heightPx;
    if (isIn) kept++;
  }
  expect(kept).toBeGreaterThanOrEqual(19);
});

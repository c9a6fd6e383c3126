/** Inputs that are wrong on purpose, the same for the same seed. */
import sharp from "sharp";

export type Rng = () => number;
export const below = (rng: Rng, limit: number): number => Math.floor(rng() * limit);
export const pick = <T>(rng: Rng, all: readonly T[]): T => all[below(rng, all.length)]!;

const DEEP = 3_000;
const ODD = [
  ...["null", "[]", "{}", "-1", "1e309", "0.1e-999", "true", '""', '"\\u0000"', '"\\ud800"', '"../../../etc/passwd"'],
  ...['{"__proto__":{"a":1}}', '{"constructor":{"prototype":{"a":1}}}', '{"toString":1}', '{"length":4294967295}'],
  ...['"<svg onload=alert(1)>"', '"%n%s%x"', '"; drop table orders; --"', "9007199254740993", "-0", "[[],[[]]]"],
  `"${"x".repeat(5_000)}"`,
  `${"[".repeat(DEEP)}${"]".repeat(DEEP)}`,
  `${'{"a":'.repeat(DEEP)}1${"}".repeat(DEEP)}`,
];

/** A document of which a value is replaced, a part is gone, doubled or torn, or which is something else altogether. */
export function spoilJson(rng: Rng, value: object): string {
  const text = JSON.stringify(value);
  const at = below(rng, text.length);
  switch (below(rng, 7)) {
    case 0:
      return text.slice(0, at);
    case 1:
      return text.slice(0, at) + String.fromCharCode(below(rng, 0x3000)) + text.slice(at + 1);
    case 2:
      return text.slice(0, at) + pick(rng, ODD) + text.slice(at);
    case 3:
      return pick(rng, ODD);
    case 4:
      return "x".repeat(below(rng, 200_000));
    default: {
      const name = pick(rng, Object.keys(value));
      // Put in as text: what it becomes is for whoever reads it.
      return JSON.stringify({ ...value, [name]: "@" }).replace('"@"', pick(rng, ODD));
    }
  }
}

export function randomBytes(rng: Rng, length: number): Buffer {
  return Buffer.from(Uint8Array.from({ length }, () => below(rng, 256)));
}

/** A few bytes changed, a piece cut out or put in, or the end lost. */
export function spoilBytes(rng: Rng, bytes: Buffer): Buffer {
  const at = below(rng, bytes.length);
  switch (below(rng, 5)) {
    case 0:
      return bytes.subarray(0, at);
    case 1:
      return Buffer.concat([bytes.subarray(0, at), randomBytes(rng, below(rng, 64))]);
    case 2:
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1 + below(rng, 32))]);
    case 3:
      return randomBytes(rng, below(rng, 512));
    default: {
      const spoiled = Buffer.from(bytes);
      for (let i = 0; i < 1 + below(rng, 8); i++) spoiled[below(rng, spoiled.length)] = below(rng, 256);
      return spoiled;
    }
  }
}

const IHDR_WIDTH_AT = 16;
/** CRC-32 of PNG's (ISO 3309), bit by bit: it is over 17 bytes. */
function crc32(bytes: Buffer): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}

/** A PNG of a few bytes that says it is of this size, its checksum right. */
function bomb(png: Buffer, widthPx: number, heightPx: number): Buffer {
  const bytes = Buffer.from(png);
  bytes.writeUInt32BE(widthPx, IHDR_WIDTH_AT);
  bytes.writeUInt32BE(heightPx, IHDR_WIDTH_AT + 4);
  bytes.writeUInt32BE(crc32(bytes.subarray(12, 29)), 29);
  return bytes;
}

export interface Picture {
  readonly bytes: Buffer;
  readonly type: string;
}

/** Whole pictures of every kind that is taken, to be spoiled. */
export async function wholePictures(): Promise<readonly Picture[]> {
  const drawn = sharp({ create: { width: 40, height: 24, channels: 3, background: "teal" } });
  const formats = ["png", "jpeg", "webp", "avif"] as const;
  return Promise.all(
    formats.map(async (format) => ({
      bytes: await drawn.clone().toFormat(format).toBuffer(),
      type: `image/${format}`,
    })),
  );
}

const HTML = Buffer.from("<!doctype html><script>alert(1)</script>");
const SVG = Buffer.from(
  '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><image href="file:///etc/passwd"/></svg>',
);
const GIF = Buffer.from("GIF89a\x01\x00\x01\x00\x80\x00\x00\xff\xff\xff\x00\x00\x00!\xf9\x04\x00;", "latin1");
const PDF = Buffer.from("%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF");
const TYPES = [
  "image/png",
  "image/jpeg",
  "image/webp",
  "image/avif",
  "image/svg+xml",
  "text/html",
  "",
  "image/png; a=b",
];

export function spoilPicture(rng: Rng, whole: readonly Picture[]): Picture {
  const { bytes, type } = pick(rng, whole);
  const png = whole[0]!.bytes;
  switch (below(rng, 6)) {
    case 0:
      return { type: "image/png", bytes: bomb(png, 30_000 + below(rng, 30_000), 30_000 + below(rng, 30_000)) };
    case 1:
      return { type: pick(rng, TYPES), bytes: pick(rng, [HTML, SVG, GIF, PDF, Buffer.alloc(0)]) };
    case 2:
      // What two programs would each take for their own.
      return { type, bytes: Buffer.concat(rng() < 0.5 ? [HTML, bytes] : [bytes.subarray(0, 30), SVG, bytes]) };
    default:
      return { type: rng() < 0.8 ? type : pick(rng, TYPES), bytes: spoilBytes(rng, bytes) };
  }
}

const CLIMBS = [
  "../",
  "..\\",
  "..%2f",
  "%2e%2e/",
  "%2e%2e%2f",
  "..%252f",
  "..%c0%af",
  "....//",
  "..;/",
  "\u2025/",
  "/",
  "\0/",
];
const TARGETS = ["etc/passwd", "secret.txt", "package.json", "proc/self/environ", ".env", "secret.txt\0.png", "."];
const DEPTHS = [1, 2, 3, 5, 8, 13];

/** 504 ways to say a file elsewhere. */
export const traversals = (): string[] =>
  CLIMBS.flatMap((climb) => DEPTHS.flatMap((depth) => TARGETS.map((target) => climb.repeat(depth) + target)));

/**
 * Writes into a PNG how it came to be: the `parameters` text that Stable Diffusion tools read, Aria's own `aria` JSON,
 * and XMP saying that an algorithm made it (IPTC digital source type). The same painting gives the same bytes: no
 * times, no chance. Chunks: PNG third edition (W3C 2025), 5.3 and 11.3.3.
 */
import { crc32 } from "node:zlib";
import type { PaintSettings, Scores } from "#contracts/generation.ts";
import { parametersText } from "#contracts/parameters-text.ts";
import { CRITERIA } from "#contracts/terms.ts";

export interface PaintingRecord extends PaintSettings {
  readonly prompt: string;
  readonly negativePrompt: string;
  readonly seed: number;
  readonly modelHash: string;
  /** The painter's own words for the prompt; the prompt itself where it has no lexicon. */
  readonly spoken: string;
  readonly scores: Scores;
  /** SHA-256 of the person's own sketch, a PNG; null where there was none. */
  readonly sketch: string | null;
  /** The same of the mask that said what of it to fill. */
  readonly mask: string | null;
  /** Whether the U-Net computed in eight bits, which moves pixels a little. */
  readonly int8: boolean;
}

const SCHEMA_VERSION = 5;
/** Signature, then the IHDR chunk, which has to come first: 8 + (4 + 4 + 13 + 4) bytes. */
const HEADER_BYTES = 33;
const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);

const XMP = `<?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about="" xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/">
   <Iptc4xmpExt:DigitalSourceType>http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia</Iptc4xmpExt:DigitalSourceType>
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>`;

/** A copy of an encoded PNG with the record in it. The pixels are not touched. */
export function withPngMetadata(png: Uint8Array, painting: PaintingRecord): Uint8Array {
  if (png.length < HEADER_BYTES || Buffer.compare(png.subarray(0, SIGNATURE.length), SIGNATURE) !== 0)
    throw new TypeError("withPngMetadata takes an encoded PNG");
  return Buffer.concat([
    png.subarray(0, HEADER_BYTES),
    textChunk("parameters", parametersText(painting)),
    internationalChunk("aria", recordJson(painting)),
    internationalChunk("XML:com.adobe.xmp", XMP),
    png.subarray(HEADER_BYTES),
  ]);
}

/** Keys are named one by one, so that their order, and with it the bytes, never depends on the caller. */
function recordJson(painting: PaintingRecord): string {
  const { scores } = painting;
  return JSON.stringify({
    schemaVersion: SCHEMA_VERSION,
    prompt: painting.prompt,
    negativePrompt: painting.negativePrompt,
    seed: painting.seed,
    modelId: painting.modelId,
    modelHash: painting.modelHash,
    sampler: painting.sampler,
    scheduleType: painting.scheduleType,
    steps: painting.steps,
    guidance: painting.guidance,
    guidanceStop: painting.guidanceStop,
    widthPx: painting.widthPx,
    heightPx: painting.heightPx,
    underpainting: painting.underpainting,
    sketch: painting.sketch,
    mask: painting.mask,
    int8: painting.int8,
    spoken: painting.spoken,
    scores: Object.fromEntries(CRITERIA.map((name) => [name, scores[name]])),
  });
}

/** tEXt holds Latin-1 only; like Pillow, and so A1111, anything else goes into an iTXt chunk of the same keyword. */
function textChunk(keyword: string, text: string): Buffer {
  // A zero byte ends a field of these chunks, and no prompt means one.
  const clean = text.replaceAll("\0", "");
  const isLatin1 = [...clean].every((character) => character.codePointAt(0)! <= 0xff);
  return isLatin1 ? chunk("tEXt", Buffer.from(`${keyword}\0${clean}`, "latin1")) : internationalChunk(keyword, clean);
}

/** Keyword, then: uncompressed (two zero bytes), no language, no translated keyword. */
const internationalChunk = (keyword: string, text: string): Buffer =>
  chunk("iTXt", Buffer.from(`${keyword}\0\0\0\0\0${text}`, "utf8"));

function chunk(type: "tEXt" | "iTXt", data: Buffer): Buffer {
  const typed = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const framed = Buffer.alloc(typed.length + 8);
  framed.writeUInt32BE(data.length, 0);
  typed.copy(framed, 4);
  framed.writeUInt32BE(crc32(typed), typed.length + 4);
  return framed;
}

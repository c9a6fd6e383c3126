import type { FocalPoint } from "#contracts/artwork.ts";

/** What is written into a file that leaves the house. */
export interface Provenance {
  readonly title: string;
  readonly artist: string;
  readonly prompt: string;
  readonly modelId: string;
  readonly licence: string | null;
  /** Prompt and settings, as the tools of the field write them. */
  readonly parameters: string;
  /** As a person chose it; null: by saliency. */
  readonly focal: FocalPoint | null;
}

const ESCAPES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
/** XML 1.0 has no way at all to write most control characters. */
const written = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is left out
  text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, "").replace(/[&<>"]/g, (character) => ESCAPES[character]!);

const NAMESPACES = [
  'xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"',
  'xmlns:dc="http://purl.org/dc/elements/1.1/"',
  'xmlns:xmp="http://ns.adobe.com/xap/1.0/"',
  'xmlns:xmpRights="http://ns.adobe.com/xap/1.0/rights/"',
].join(" ");

const language = (name: string, text: string) =>
  `<dc:${name}><rdf:Alt><rdf:li xml:lang="x-default">${written(text)}</rdf:li></rdf:Alt></dc:${name}>`;

/** What goes with a file: that a trained model made it (IPTC), in any case; and whose it is and how it came to be, where it is told. */
export function xmpOf(provenance: Provenance | null): string {
  const mark =
    "<Iptc4xmpExt:DigitalSourceType>http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia</Iptc4xmpExt:DigitalSourceType>";
  const told = provenance
    ? [
        language("title", provenance.title),
        language("description", provenance.parameters),
        `<dc:creator><rdf:Seq><rdf:li>${written(provenance.artist)}</rdf:li></rdf:Seq></dc:creator>`,
        `<xmp:CreatorTool>${written(`Aria, ${provenance.modelId}`)}</xmp:CreatorTool>`,
        ...(provenance.licence
          ? [
              `<xmpRights:UsageTerms><rdf:Alt><rdf:li xml:lang="x-default">${written(provenance.licence)}</rdf:li></rdf:Alt></xmpRights:UsageTerms>`,
            ]
          : []),
      ].join("")
    : "";
  return `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" ${NAMESPACES}>${mark}${told}</rdf:Description></rdf:RDF></x:xmpmeta>`;
}

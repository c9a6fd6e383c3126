import type { GalleryFilter } from "#contracts/gallery.ts";

/** How each part of a filter is spelt in an address. */
export const SPELT = {
  q: "q",
  artistId: "artist",
  mood: "mood",
  style: "style",
  modelId: "model",
  collectionId: "collection",
  loved: "loved",
  minScore: "score",
  from: "from",
  to: "to",
  trash: "trash",
  sort: "sort",
} as const satisfies Record<keyof GalleryFilter, string>;
export const PARTS = Object.keys(SPELT) as (keyof GalleryFilter)[];

/** The shortest address that says the same. */
export function writeFilter(filter: GalleryFilter): string {
  const params = new URLSearchParams();
  for (const part of PARTS) {
    const value = filter[part];
    if (value === undefined || value === "" || value === false || (part === "sort" && value === "newest")) continue;
    params.set(SPELT[part], value === true ? "1" : String(value));
  }
  return params.toString();
}

/** The parts that a person sees as filters. */
export const chosenParts = (filter: GalleryFilter): (keyof GalleryFilter)[] =>
  PARTS.filter((part) => part !== "sort" && part !== "trash" && part !== "q" && filter[part] !== undefined);

import { GalleryFilter } from "#contracts/gallery.ts";

type Params = Pick<URLSearchParams, "get">;

/** How each part of a filter is spelt in an address. */
const SPELT = {
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
const PARTS = Object.keys(SPELT) as (keyof GalleryFilter)[];

const readPart = (part: keyof GalleryFilter, text: string): unknown =>
  part === "loved" || part === "trash" ? text === "1" : part === "minScore" ? Number(text) : text;

/** What of an address holds as a filter: a part that does not is as if it were not there. */
export function readFilter(params: Params): GalleryFilter {
  const told = PARTS.flatMap((part) => {
    const text = params.get(SPELT[part]);
    const value = text ? readPart(part, text) : undefined;
    return value !== undefined && GalleryFilter.shape[part].safeParse(value).success ? [[part, value]] : [];
  });
  return GalleryFilter.parse(Object.fromEntries(told));
}

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

import { GalleryFilter } from "#contracts/gallery.ts";
import { PARTS, SPELT } from "./filter-in-url.ts";

type Params = Pick<URLSearchParams, "get">;

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

import { type Recalled, readSettings } from "./read-settings.ts";

/** What a picture file says of how it was made; null where that is nothing. The file stays in the browser. */
export async function recall(file: Blob): Promise<Recalled | null> {
  const { default: reader } = await import("exifreader");
  const tags = await reader.load(await file.arrayBuffer(), { expanded: true, async: true }).catch(() => null);
  if (!tags) return null;
  const texts = Object.entries({ ...tags.png, ...tags.pngText }).map(
    ([keyword, tag]) => [keyword, textOf(tag)] as const,
  );
  // JPEG and WebP keep it in Exif; our own exports, in the description of XMP.
  const elsewhere = textOf(tags.exif?.UserComment) || textOf(tags.xmp?.description);
  return readSettings({
    ...(elsewhere && { parameters: elsewhere }),
    ...Object.fromEntries(texts.filter(([, text]) => text)),
  });
}

function textOf(tag: unknown): string {
  if (typeof tag !== "object" || tag === null) return "";
  const { value, description } = tag as { value?: unknown; description?: unknown };
  if (typeof value === "string") return value;
  return typeof description === "string" ? description : "";
}

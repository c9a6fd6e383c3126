import type { Metadata } from "next";
import { headers } from "next/headers";
import { Gallery } from "#app/(rooms)/gallery/gallery.tsx";
import { readFilter } from "#app/(rooms)/gallery/read-filter.ts";
import { translatorOf } from "#app/messages/read-messages.ts";
import { GalleryPageInput } from "#contracts/gallery.ts";
import { aria } from "#server/web.ts";

export const dynamic = "force-dynamic";

export async function generateMetadata(): Promise<Metadata> {
  const t = await translatorOf("gallery");
  return { title: t("title") };
}

/** What fills the first screen; the rest is laid out and fetched in the browser. */
const FIRST_TILES = 40;

type Search = Promise<Record<string, string | string[] | undefined>>;

export default async function Page({ searchParams }: { searchParams: Search }) {
  const said = Object.entries(await searchParams).filter(
    (part): part is [string, string] => typeof part[1] === "string",
  );
  const params = new URLSearchParams(said);
  const filter = readFilter(params);
  const first = await (await aria()).gallery.page(GalleryPageInput.parse({ ...filter, limit: FIRST_TILES }));
  const isPhone = /Mobi/.test((await headers()).get("user-agent") ?? "");
  return <Gallery filter={filter} first={first} isPhone={isPhone} />;
}

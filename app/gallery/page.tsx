import type { Metadata } from "next";
import { Gallery } from "#app/gallery/gallery.tsx";
import { ListArtworksInput } from "#contracts/artwork.ts";
import { aria } from "#server/web.ts";

export const metadata: Metadata = { title: "Gallery" };
export const dynamic = "force-dynamic";

export default async function Page() {
  return <Gallery firstPage={await aria().artworks.page(ListArtworksInput.parse({}))} />;
}

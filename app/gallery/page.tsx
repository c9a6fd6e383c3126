import type { Metadata } from "next";
import { Gallery } from "#app/gallery/gallery.tsx";
import { ListArtworksInput } from "#contracts/artwork.ts";
import { ArtistId } from "#contracts/mind.ts";
import { aria } from "#server/web.ts";

export const metadata: Metadata = { title: "Gallery" };
export const dynamic = "force-dynamic";

export default async function Page({ searchParams }: { searchParams: Promise<{ artist?: string }> }) {
  const { data: artistId } = ArtistId.safeParse((await searchParams).artist);
  const firstPage = await aria().artworks.page(ListArtworksInput.parse({ artistId }));
  return <Gallery key={artistId} firstPage={firstPage} artistId={artistId} />;
}

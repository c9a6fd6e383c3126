import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { ArtworkView } from "#app/(rooms)/artworks/[id]/artwork-view.tsx";
import { type Artwork, ArtworkId } from "#contracts/artwork.ts";
import { aria } from "#server/web.ts";

type Props = { params: Promise<{ id: string }> };

const read = cache(async (id: string): Promise<Artwork | null> => {
  const known = ArtworkId.safeParse(id);
  return known.success ? (await aria()).artworks.get(known.data) : null;
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const artwork = await read((await params).id);
  return { title: artwork?.title ?? "Not here" };
}

export default async function Page({ params }: Props) {
  const artwork = await read((await params).id);
  if (!artwork) notFound();
  return <ArtworkView artwork={artwork} />;
}

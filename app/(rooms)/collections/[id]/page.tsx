import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { CollectionView } from "#app/(rooms)/collections/[id]/collection-view.tsx";
import { orNotFound } from "#app/ui/or-not-found.ts";
import { CollectionId } from "#contracts/collections.ts";
import { aria } from "#server/web.ts";

type Props = { params: Promise<{ id: string }> };

const read = cache(async (id: string) => {
  const known = CollectionId.safeParse(id);
  return known.success ? (await aria()).collections.get(known.data).catch(orNotFound) : notFound();
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await read((await params).id)).name };
}

export default async function Page({ params }: Props) {
  return <CollectionView initial={await read((await params).id)} />;
}

import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { AlikeView } from "#app/(rooms)/gallery/alike/alike-view.tsx";
import { translatorOf } from "#app/messages/read-messages.ts";
import { AlikeInput } from "#contracts/gallery.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await translatorOf("gallery");
  return { title: t("alike") };
}

export default async function Page({ searchParams }: { searchParams: Promise<{ words?: string; to?: string }> }) {
  const { words, to } = await searchParams;
  const input = AlikeInput.safeParse(to === undefined ? { words } : { artworkId: to });
  if (!input.success) notFound();
  return <AlikeView input={input.data} />;
}

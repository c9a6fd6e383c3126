import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { SeriesView } from "#app/(rooms)/series/[id]/series-view.tsx";
import { translatorOf } from "#app/messages/read-messages.ts";
import { SeriesId } from "#contracts/series.ts";
import { aria } from "#server/web.ts";

export const dynamic = "force-dynamic";

export async function generateMetadata(): Promise<Metadata> {
  const t = await translatorOf("series");
  return { title: t("one") };
}

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const id = SeriesId.safeParse((await params).id);
  const series = id.success ? await (await aria()).series.get(id.data) : null;
  if (!series) notFound();
  return <SeriesView initial={series} />;
}

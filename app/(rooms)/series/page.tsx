import type { Metadata } from "next";
import { SeriesList } from "#app/(rooms)/series/series-list.tsx";
import { translatorOf } from "#app/messages/read-messages.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await translatorOf("series");
  return { title: t("title") };
}

export default function Page() {
  return <SeriesList />;
}

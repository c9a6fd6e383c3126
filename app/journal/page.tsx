import type { Metadata } from "next";
import { Journal } from "#app/journal/journal.tsx";
import { aria } from "#server/web.ts";

export const metadata: Metadata = { title: "Journal" };
export const dynamic = "force-dynamic";

export default async function Page() {
  const { artist } = await aria().readMind();
  return <Journal artistId={artist.id} name={artist.name} />;
}

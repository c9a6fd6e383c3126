import type { Metadata } from "next";
import { MindView } from "#app/(rooms)/mind/mind-view.tsx";
import { orNotFound } from "#app/ui/or-not-found.ts";
import { ArtistId } from "#contracts/mind.ts";
import { aria } from "#server/web.ts";

export const metadata: Metadata = { title: "Mind" };
export const dynamic = "force-dynamic";

export default async function Page({ searchParams }: { searchParams: Promise<{ artist?: string }> }) {
  const asked = ArtistId.safeParse((await searchParams).artist);
  const mind = await aria().readMind(asked.data).catch(orNotFound);
  return <MindView initial={mind} key={mind.artist.id} />;
}

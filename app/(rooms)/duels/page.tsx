import type { Metadata } from "next";
import { Duels } from "#app/(rooms)/duels/duels.tsx";
import { orNotFound } from "#app/ui/or-not-found.ts";
import { ArtistId } from "#contracts/mind.ts";
import { aria } from "#server/web.ts";

export const metadata: Metadata = { title: "Duels" };
export const dynamic = "force-dynamic";

export default async function Page({ searchParams }: { searchParams: Promise<{ artist?: string }> }) {
  const asked = ArtistId.safeParse((await searchParams).artist);
  const { artist } = await aria().readMind(asked.data).catch(orNotFound);
  return <Duels artistId={artist.id} name={artist.name} key={artist.id} />;
}

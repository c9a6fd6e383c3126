import type { Metadata } from "next";
import { Duels } from "#app/(rooms)/duels/duels.tsx";
import { translatorOf } from "#app/messages/read-messages.ts";
import { orNotFound } from "#app/ui/or-not-found.ts";
import { ArtistId } from "#contracts/mind.ts";
import { aria } from "#server/web.ts";

export const dynamic = "force-dynamic";

export async function generateMetadata(): Promise<Metadata> {
  const t = await translatorOf("duels");
  return { title: t("title") };
}

export default async function Page({ searchParams }: { searchParams: Promise<{ artist?: string }> }) {
  const asked = ArtistId.safeParse((await searchParams).artist);
  const { artist } = await (await aria()).readMind(asked.data).catch(orNotFound);
  return <Duels artistId={artist.id} name={artist.name} key={artist.id} />;
}

import type { Metadata } from "next";
import { Duels } from "#app/duels/duels.tsx";
import { aria } from "#server/web.ts";

export const metadata: Metadata = { title: "Duels" };
export const dynamic = "force-dynamic";

export default async function Page() {
  const { artist } = await aria().readMind();
  return <Duels artistId={artist.id} name={artist.name} />;
}

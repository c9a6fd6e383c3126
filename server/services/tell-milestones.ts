import type { ArtistId } from "#contracts/mind.ts";
import { milestonesAt } from "#server/domain/growth/milestones.ts";
import type { Ports } from "#server/ports.ts";

/** Each is told once, whoever looks first. */
export async function tellMilestones(
  { artists, artworks, now }: Pick<Ports, "artists" | "artworks" | "now">,
  id: ArtistId,
): Promise<void> {
  const [artist, works] = await Promise.all([artists.get(id), artworks.count(id)]);
  if (!artist) return;
  for (const { key, text } of milestonesAt({ works, experience: artist.experience }))
    await artists.remember(id, { key: `${id}:${key}`, at: now(), kind: "milestone", text, artworkId: null });
}

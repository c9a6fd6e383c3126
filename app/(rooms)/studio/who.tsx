"use client";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useTranslations } from "use-intl";
import { useTRPC } from "#app/trpc.ts";
import { MoodName } from "#app/ui/mood-name.tsx";

const LOOK_EVERY_MS = 30_000;

/** Who paints, where there are several, and how whoever it is feels. */
export function Who({ artistId, onChange }: { artistId: string; onChange: (id: string) => void }) {
  const t = useTranslations("studio");
  const trpc = useTRPC();
  const { data: artists = [] } = useQuery(
    trpc.mind.artists.queryOptions(undefined, { refetchInterval: LOOK_EVERY_MS }),
  );
  const artist = artists.find(({ id }) => id === artistId) ?? artists[0];
  return (
    <div className="flex min-h-11 flex-wrap items-center justify-between gap-3 text-sm">
      {artists.length > 1 && (
        <select
          aria-label={t("who")}
          value={artist?.id}
          onChange={({ target }) => onChange(target.value)}
          className="field w-auto"
        >
          {artists.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      )}
      {artist && (
        <Link href={`/mind?artist=${artist.id}`} className="text-muted hover:text-ink">
          <span className="pr-1.5">{t("feels", { name: artist.name })}</span>
          <MoodName mood={artist.mood} />
        </Link>
      )}
    </div>
  );
}

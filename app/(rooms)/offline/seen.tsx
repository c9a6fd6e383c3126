"use client";
import Link from "next/link";
import { useEffect, useState } from "react";
import superjson from "superjson";
import { useTranslations } from "use-intl";
import { z } from "zod";
import { waiting } from "#app/pwa/outbox.ts";
import { Button } from "#app/ui/button.tsx";
import { ArtworkTile } from "#contracts/artwork.ts";

interface SeenTile extends ArtworkTile {
  /** A copy of its picture that is kept. */
  readonly keptUrl: string;
}

const Tiles = z.array(ArtworkTile);

/** What answers of the gallery are kept, and of these what there is a picture of. */
async function readSeen(): Promise<SeenTile[]> {
  const [answers, images] = await Promise.all([caches.open("answers"), caches.open("images")]);
  const kept = new Map(
    (await images.keys()).map(({ url }) => [new URL(url).pathname.split("/")[2], new URL(url).pathname]),
  );
  const tiles = new Map<string, SeenTile>();
  for (const request of await answers.keys()) {
    if (!new URL(request.url).pathname.endsWith("/gallery.page")) continue;
    const reply = await answers.match(request);
    const body = (await reply?.json().catch(() => null)) as { result?: { data?: never } } | null;
    const page = body?.result?.data ? Tiles.safeParse(superjson.deserialize(body.result.data)) : null;
    for (const tile of page?.data ?? []) {
      const keptUrl = kept.get(tile.imageUrl.split("/")[2]);
      if (keptUrl) tiles.set(tile.id, { ...tile, keptUrl });
    }
  }
  return [...tiles.values()].sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime());
}

/** The gallery of what was seen. */
export function Seen() {
  const t = useTranslations("offline");
  const [parcels, setParcels] = useState(0);
  const [tiles, setTiles] = useState<readonly SeenTile[] | null>(null);
  useEffect(() => {
    readSeen().then(setTiles, () => setTiles([]));
    waiting().then(
      (all) => setParcels(all.length),
      () => {},
    );
  }, []);
  return (
    <>
      <div className="flex flex-wrap gap-2">
        <Button look="primary" onClick={() => window.location.reload()}>
          {t("again")}
        </Button>
      </div>
      {parcels > 0 && <p>{t("waiting", { count: parcels })}</p>}
      {tiles?.length === 0 && <p className="text-muted">{t("nothing")}</p>}
      <ul className="grid grid-cols-2 gap-2 sm:grid-cols-3 md:grid-cols-4">
        {tiles?.map((tile) => (
          <li key={tile.id} data-testid="seen">
            <Link
              href={`/artworks/${tile.id}`}
              prefetch={false}
              className="block aspect-square overflow-hidden rounded-sm bg-mat"
            >
              {/* biome-ignore lint/performance/noImgElement: the one copy that is kept */}
              <img src={tile.keptUrl} alt={tile.title} className="size-full object-cover" />
            </Link>
          </li>
        ))}
      </ul>
    </>
  );
}

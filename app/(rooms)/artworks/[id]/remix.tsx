"use client";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { useTRPC } from "#app/trpc.ts";
import { Button } from "#app/ui/button.tsx";
import { Folded } from "#app/ui/folded.tsx";
import { Problem } from "#app/ui/problem.tsx";
import type { Artwork } from "#contracts/artwork.ts";
import { MOODS } from "#contracts/mood-natures.ts";
import type { Mood } from "#contracts/moods.ts";

/** New works from this one: as it is, in another manner, in another mood. */
export function Remix({ artwork }: { artwork: Artwork }) {
  const t = useTranslations("artwork.remix");
  const named = useTranslations("moods");
  const trpc = useTRPC();
  const router = useRouter();
  const [style, setStyle] = useState("");
  const [mood, setMood] = useState<Mood>(MOODS.find((other) => other !== artwork.mood) ?? "serene");
  const health = useQuery(trpc.health.whole.queryOptions());
  const model = health.data?.models.find(({ id }) => id === artwork.settings.modelId);
  const styles = (model?.vocabulary.style ?? []).filter((name) => !artwork.prompt.includes(name));
  const manner = style || styles[0] || "";
  const { mutate, isPending, error } = useMutation(
    trpc.artwork.remix.mutationOptions({ onSuccess: ({ id }) => router.push(`/?order=${id}`) }),
  );
  const artworkId = artwork.id;
  return (
    <Folded title={t("title")}>
      <div className="grid gap-4 p-3">
        <Button disabled={isPending} onClick={() => mutate({ artworkId, kind: "variation" })}>
          {t("variation")}
        </Button>
        {manner && (
          <div className="grid grid-cols-[1fr_auto] gap-2">
            <select
              aria-label={t("manner")}
              value={manner}
              onChange={({ target }) => setStyle(target.value)}
              className="field"
            >
              {styles.map((name) => (
                <option key={name}>{name}</option>
              ))}
            </select>
            <Button disabled={isPending} onClick={() => mutate({ artworkId, kind: "style", style: manner })}>
              {t("inManner")}
            </Button>
          </div>
        )}
        <div className="grid grid-cols-[1fr_auto] gap-2">
          <select
            aria-label={t("mood")}
            value={mood}
            onChange={({ target }) => setMood(target.value as Mood)}
            className="field"
          >
            {MOODS.map((name) => (
              <option key={name} value={name}>
                {named(name)}
              </option>
            ))}
          </select>
          <Button disabled={isPending} onClick={() => mutate({ artworkId, kind: "mood", mood })}>
            {t("inMood")}
          </Button>
        </div>
        <Problem error={error} />
      </div>
    </Folded>
  );
}

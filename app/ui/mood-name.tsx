"use client";
import { useTranslations } from "use-intl";
import { MOOD_NATURES } from "#contracts/mood-natures.ts";
import type { Mood } from "#contracts/moods.ts";

/** A mood's name beside its colour. */
export const MoodName = ({ mood }: { mood: Mood }) => {
  const t = useTranslations("moods");
  return (
    <span className="inline-flex items-center gap-2">
      <span
        aria-hidden="true"
        className="size-2.5 rounded-full border border-line"
        style={{ backgroundColor: MOOD_NATURES[mood].hex }}
      />
      {t(mood)}
    </span>
  );
};

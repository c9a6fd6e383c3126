"use client";
import { useTranslations } from "use-intl";
import type { Artist, Leaning } from "#contracts/mind.ts";
import type { Mood } from "#contracts/moods.ts";
import { Forget } from "./forget.tsx";

const SHOWN = 6;

interface Props {
  readonly leanings: readonly Leaning[];
  readonly mood: Mood;
  readonly artist: Pick<Artist, "id" | "name">;
}

/** How often she would reach for what, in the mood she is in, and what taught her that. */
export function Leanings({ leanings, mood, artist }: Props) {
  const t = useTranslations("mind.leanings");
  const moods = useTranslations("moods");
  const dimensions = [...new Set(leanings.map(({ dimension }) => dimension))];
  if (dimensions.length === 0) return null;
  return (
    <section aria-labelledby="leanings" className="grid gap-4">
      <div className="flex flex-wrap items-end justify-between gap-4">
        <div className="grid gap-1">
          <h2 id="leanings" className="font-serif text-xl">
            {t("title", { mood: moods(mood) })}
          </h2>
          <p className="max-w-prose text-muted text-sm">{t("note")}</p>
        </div>
        <Forget artist={artist} />
      </div>
      <div className="grid gap-8 sm:grid-cols-2">
        {dimensions.map((dimension) => (
          <div key={dimension} className="grid content-start gap-2">
            <h3 className="text-muted text-sm">{t(`dimensions.${dimension}`)}</h3>
            <ul className="grid gap-2 text-sm">
              {leanings
                .filter((leaning) => leaning.dimension === dimension)
                .slice(0, SHOWN)
                .map((leaning) => (
                  <Row key={leaning.arm} leaning={leaning} />
                ))}
            </ul>
          </div>
        ))}
      </div>
    </section>
  );
}

const Row = ({ leaning: { arm, share, tries, worth } }: { leaning: Leaning }) => {
  const t = useTranslations("mind.leanings");
  return (
    <li className="grid grid-cols-[9rem_1fr_3rem] items-center gap-3">
      <span className="truncate" title={arm}>
        {arm}
      </span>
      <meter className="bar" value={share} aria-label={t("share", { arm })} />
      <span className="text-right tabular-nums">{Math.round(100 * share)} %</span>
      {worth !== null && (
        <span className="col-span-3 -mt-1 text-muted text-xs tabular-nums">
          {t("received", { sign: worth >= 0 ? "+" : "−", worth: Math.abs(worth), tries })}
        </span>
      )}
    </li>
  );
};

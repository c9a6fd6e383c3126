"use client";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { useTRPC } from "#app/trpc.ts";
import { ArtistTabs } from "#app/ui/artist-tabs.tsx";
import { Chapter } from "#app/ui/chapter.tsx";
import { Meter } from "#app/ui/meter.tsx";
import { MoodName } from "#app/ui/mood-name.tsx";
import { Problem } from "#app/ui/problem.tsx";
import type { Mind } from "#contracts/mind.ts";
import { type Axes, MOOD_NATURES, STYLE_AXES, type StyleAxis } from "#contracts/mood-natures.ts";
import type { Mood } from "#contracts/moods.ts";
import { Alone } from "./alone.tsx";
import { Influences } from "./influences.tsx";
import { Leanings } from "./leanings.tsx";
import { MoodHistory } from "./mood-history.tsx";
import { NewArtist } from "./new-artist.tsx";

const LOOK_EVERY_MS = 15_000;

/** How she feels, where that pulls, what brought her there, and what she has learned. */
export function MindView({ initial }: { initial: Mind }) {
  const t = useTranslations("mind");
  const moodNames = useTranslations("moods");
  const trpc = useTRPC();
  const { data: mind, error } = useQuery(
    trpc.mind.read.queryOptions(initial.artist.id, { initialData: initial, refetchInterval: LOOK_EVERY_MS }),
  );
  const { artist, axes, moods, leanings, level, title, works } = mind;
  const { mood, energy, intensity, experience } = artist;
  const { levelFrom, levelTo } = mind;
  return (
    <div className="grid gap-12">
      <header className="grid gap-3">
        <ArtistTabs chosen={artist.id} />
        <p className="text-muted text-sm">{t("standing", { name: artist.name, title, level, works })}</p>
        <h1 className="font-serif text-4xl">
          {t.rich("feels", {
            mood: moodNames(mood),
            mark: (name) => (
              <span
                className="underline decoration-4 underline-offset-8"
                style={{ textDecorationColor: MOOD_NATURES[mood].hex }}
              >
                {name}
              </span>
            ),
          })}
        </h1>
        <Problem error={error} />
      </header>
      <div className="grid gap-12 lg:grid-cols-2">
        <Chapter title={t("state")}>
          <dl className="grid gap-3">
            <Meter title={t("intensity")} value={intensity} />
            <Meter title={t("energy")} value={energy} />
            <Meter
              title={t("toLevel", { level: level + 1 })}
              value={(experience - levelFrom) / (levelTo - levelFrom)}
              told={t("progress", { done: Math.round(experience - levelFrom), whole: levelTo - levelFrom })}
            />
          </dl>
          <Influences artistId={artist.id} />
        </Chapter>
        <Pulls axes={axes} />
      </div>
      <Alone artist={artist} timeZone={mind.timeZone} />
      <MoodHistory moods={moods} until={artist.livedUntil} />
      <Leanings leanings={leanings} mood={mood} artist={artist} />
      <Nature mood={mood} />
      <NewArtist />
    </div>
  );
}

function Pulls({ axes }: { axes: Axes }) {
  const t = useTranslations("mind");
  return (
    <Chapter title={t("pulls")}>
      <dl className="grid gap-2">
        {STYLE_AXES.map((axis) => (
          <Pull key={axis} axis={axis} value={axes[axis]} />
        ))}
      </dl>
    </Chapter>
  );
}

/** A value between two opposites, told by where the mark stands. */
const Pull = ({ axis, value }: { axis: StyleAxis; value: number }) => {
  const t = useTranslations("mind");
  const [low, high] = [t(`axes.${axis}.low`), t(`axes.${axis}.high`)];
  return (
    <div className="grid grid-cols-[6.5rem_1fr_6.5rem] items-center gap-3 text-sm">
      <dt className="text-right text-muted">{low}</dt>
      <dd className="contents">
        <span className="relative h-1 rounded-full bg-line" role="img" aria-label={t("pull", { low, high, value })}>
          <span className="absolute top-1/2 left-1/2 h-3 w-px bg-muted" style={{ translate: "0 -50%" }} />
          <span
            className="absolute top-1/2 size-3 rounded-full bg-accent transition-[left] duration-500 motion-reduce:transition-none"
            style={{ left: `${100 * value}%`, translate: "-50% -50%" }}
          />
        </span>
        <span className="text-muted">{high}</span>
      </dd>
    </div>
  );
};

/** What a mood brings with it, and where it leads. */
function Nature({ mood }: { mood: Mood }) {
  const t = useTranslations("mind");
  const moodNames = useTranslations("moods");
  return (
    <Chapter title={t("natureTitle")}>
      <p className="max-w-prose text-muted">
        {t.rich("nature", {
          name: () => <MoodName mood={mood} />,
          subjects: t(`natures.${mood}.subjects`),
          colours: t(`natures.${mood}.colours`),
          next: MOOD_NATURES[mood].leadsTo.map((name) => moodNames(name)).join(", "),
        })}
      </p>
    </Chapter>
  );
}

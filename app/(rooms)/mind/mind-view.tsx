"use client";
import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "#app/trpc.ts";
import { ArtistTabs } from "#app/ui/artist-tabs.tsx";
import { Meter } from "#app/ui/meter.tsx";
import { MoodName } from "#app/ui/mood-name.tsx";
import { Problem } from "#app/ui/problem.tsx";
import type { Mind } from "#contracts/mind.ts";
import { MOOD_NATURES, STYLE_AXES } from "#contracts/moods.ts";
import { Alone } from "./alone.tsx";
import { Influences } from "./influences.tsx";
import { Leanings } from "./leanings.tsx";
import { MoodHistory } from "./mood-history.tsx";
import { NewArtist } from "./new-artist.tsx";

const LOOK_EVERY_MS = 15_000;

const AXIS_TITLES = {
  abstraction: ["plain", "abstract"],
  saturation: ["sparing colour", "full colour"],
  complexity: ["simple", "dense"],
  drama: ["quiet", "dramatic"],
  symmetry: ["off balance", "balanced"],
  novelty: ["familiar", "unheard of"],
  lineQuality: ["soft edges", "hard edges"],
  paletteTemperature: ["cool", "warm"],
  motion: ["still", "in motion"],
  symbolism: ["as it is", "symbolic"],
} as const satisfies Record<(typeof STYLE_AXES)[number], readonly [string, string]>;

/** How she feels, where that pulls, what brought her there, and what she has learned. */
export function MindView({ initial }: { initial: Mind }) {
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
        <p className="text-muted text-sm">
          {artist.name}, {title} at level {level}, {works === 1 ? "1 work" : `${works.toLocaleString("en")} works`}
        </p>
        <h1 className="font-serif text-4xl">
          She feels{" "}
          <span
            className="underline decoration-4 underline-offset-8"
            style={{ textDecorationColor: MOOD_NATURES[mood].hex }}
          >
            {mood}
          </span>
        </h1>
        <Problem error={error} />
      </header>
      <div className="grid gap-12 lg:grid-cols-2">
        <section aria-labelledby="state" className="grid content-start gap-4">
          <h2 id="state" className="font-serif text-xl">
            How strongly
          </h2>
          <dl className="grid gap-3">
            <Meter title="Intensity" value={intensity} />
            <Meter title="Energy" value={energy} />
            <Meter
              title={`To level ${level + 1}`}
              value={(experience - levelFrom) / (levelTo - levelFrom)}
              told={`${Math.round(experience - levelFrom)} of ${levelTo - levelFrom}`}
            />
          </dl>
          <Influences artistId={artist.id} />
        </section>
        <section aria-labelledby="axes" className="grid content-start gap-4">
          <h2 id="axes" className="font-serif text-xl">
            Where it pulls her
          </h2>
          <dl className="grid gap-2">
            {STYLE_AXES.map((axis) => (
              <Pull key={axis} ends={AXIS_TITLES[axis]} value={axes[axis]} />
            ))}
          </dl>
        </section>
      </div>
      <Alone artist={artist} timeZone={mind.timeZone} />
      <MoodHistory moods={moods} until={artist.livedUntil} />
      <Leanings leanings={leanings} mood={mood} artistId={artist.id} />
      <section aria-labelledby="moods" className="grid gap-4">
        <h2 id="moods" className="font-serif text-xl">
          What a mood is to her
        </h2>
        <p className="max-w-prose text-muted">
          <MoodName mood={mood} /> brings {MOOD_NATURES[mood].subjects.join(", ")} to her mind, in{" "}
          {MOOD_NATURES[mood].colours.join(", ")}. It leads most often to {MOOD_NATURES[mood].leadsTo.join(", ")}.
        </p>
      </section>
      <NewArtist />
    </div>
  );
}

/** A value between two opposites, told by where the mark stands. */
const Pull = ({ ends: [low, high], value }: { ends: readonly [string, string]; value: number }) => (
  <div className="grid grid-cols-[6.5rem_1fr_6.5rem] items-center gap-3 text-sm">
    <dt className="text-right text-muted">{low}</dt>
    <dd className="contents">
      <span
        className="relative h-1 rounded-full bg-line"
        role="img"
        aria-label={`${low} to ${high}: ${value.toFixed(2)}`}
      >
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

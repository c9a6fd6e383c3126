import type { ReactNode } from "react";
import { Meter } from "#app/ui/meter.tsx";
import { MoodName } from "#app/ui/mood-name.tsx";
import type { Artwork } from "#contracts/artwork.ts";
import { CRITERIA, SAMPLER_TITLES, SCHEDULE_TITLES } from "#contracts/generation.ts";

const date = new Intl.DateTimeFormat("en", { dateStyle: "long", timeStyle: "short", timeZone: "UTC" });

/** How it was painted, and what was measured on it. */
export function Facts({ artwork }: { artwork: Artwork }) {
  const { settings, scores, score, seed, modelHash, createdAt, negativePrompt } = artwork;
  const missing = CRITERIA.filter((name) => scores[name] === null);
  return (
    <>
      <section aria-labelledby="scores" className="grid gap-3">
        <h2 id="scores" className="flex justify-between text-sm">
          Her score <span className="tabular-nums">{score.toFixed(2)}</span>
        </h2>
        <dl className="grid gap-2">
          {CRITERIA.map((name) => (
            <Score key={name} name={name} value={scores[name]} />
          ))}
        </dl>
        <p className="text-muted text-sm">
          Her critics agree {agreed(artwork.consensus)} ({artwork.consensus.toFixed(2)}).
          {missing.length > 0 && ` Not heard: ${missing.join(", ")}.`}
        </p>
      </section>
      <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-2 border-line border-t pt-6 text-sm">
        {artwork.theme && artwork.theme !== artwork.prompt && <Fact title="Asked for">{artwork.theme}</Fact>}
        <Fact title="Prompt">{artwork.prompt}</Fact>
        {artwork.mood && (
          <Fact title="Mood">
            <MoodName mood={artwork.mood} />
          </Fact>
        )}
        <Fact title="Painted">{date.format(createdAt)} UTC</Fact>
        <Fact title="Model">
          {settings.modelId} {modelHash}
        </Fact>
        <Fact title="Seed">{seed}</Fact>
        <Fact title="Sampler">
          {SAMPLER_TITLES[settings.sampler]}
          {settings.scheduleType !== "automatic" && ` ${SCHEDULE_TITLES[settings.scheduleType]}`}, {settings.steps}{" "}
          steps
        </Fact>
        <Fact title="Guidance">
          {settings.guidance}
          {settings.guidanceStop < 1 && ` up to ${Math.round(100 * settings.guidanceStop)} % of the schedule`}
        </Fact>
        <Fact title="Underpainting">
          {settings.underpainting ?? "none"}
          {artwork.sketch && (
            <>
              {" over "}
              <a href={`/images/${artwork.sketch}`} className="underline hover:text-accent">
                {artwork.parent ? "the work it came from" : "your sketch"}
              </a>
            </>
          )}
        </Fact>
        <Fact title="Size">
          {settings.widthPx} × {settings.heightPx} px
        </Fact>
        {negativePrompt && <Fact title="Without">{negativePrompt}</Fact>}
      </dl>
    </>
  );
}

const agreed = (consensus: number): string => (consensus > 0.6 ? "well" : consensus > 0.35 ? "somewhat" : "hardly");

/** A score that was not given has no line: nothing was measured. */
const Score = ({ name, value }: { name: string; value: number | null }) =>
  value === null ? null : <Meter title={name} value={value} />;

const Fact = ({ title, children }: { title: string; children: ReactNode }) => (
  <>
    <dt className="text-muted">{title}</dt>
    <dd className="min-w-0 break-words tabular-nums">{children}</dd>
  </>
);

import type { ReactNode } from "react";
import type { Artwork } from "#contracts/artwork.ts";
import { SAMPLER_TITLES, TECHNICAL_CRITERIA } from "#contracts/generation.ts";

const date = new Intl.DateTimeFormat("en", { dateStyle: "long", timeStyle: "short", timeZone: "UTC" });

/** How it was painted, and what was measured on it. */
export function Facts({ artwork }: { artwork: Artwork }) {
  const { settings, technical, score, seed, modelHash, createdAt, negativePrompt } = artwork;
  return (
    <>
      <section aria-labelledby="scores" className="grid gap-3">
        <h2 id="scores" className="flex justify-between text-sm">
          Technical quality <span className="tabular-nums">{score.toFixed(2)}</span>
        </h2>
        <dl className="grid gap-2">
          {TECHNICAL_CRITERIA.map((name) => (
            <div key={name} className="grid grid-cols-[6rem_1fr_2.5rem] items-center gap-3 text-muted text-sm">
              <dt className="capitalize">{name}</dt>
              <dd className="contents">
                <meter className="bar" value={technical[name]} aria-label={name} />
                <span className="text-right tabular-nums">{technical[name].toFixed(2)}</span>
              </dd>
            </div>
          ))}
        </dl>
      </section>
      <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-2 border-line border-t pt-6 text-sm">
        <Fact title="Painted">{date.format(createdAt)} UTC</Fact>
        <Fact title="Model">
          {settings.modelId} {modelHash}
        </Fact>
        <Fact title="Seed">{seed}</Fact>
        <Fact title="Sampler">
          {SAMPLER_TITLES[settings.sampler]}, {settings.steps} steps
        </Fact>
        <Fact title="Guidance">{settings.guidance}</Fact>
        <Fact title="Underpainting">{settings.underpainting ?? "none"}</Fact>
        <Fact title="Size">
          {settings.widthPx} × {settings.heightPx} px
        </Fact>
        {negativePrompt && <Fact title="Without">{negativePrompt}</Fact>}
      </dl>
    </>
  );
}

const Fact = ({ title, children }: { title: string; children: ReactNode }) => (
  <>
    <dt className="text-muted">{title}</dt>
    <dd className="min-w-0 break-words tabular-nums">{children}</dd>
  </>
);

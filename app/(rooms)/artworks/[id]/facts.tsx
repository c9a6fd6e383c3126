"use client";
import type { ReactNode } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { Meter } from "#app/ui/meter.tsx";
import { MoodName } from "#app/ui/mood-name.tsx";
import type { Artwork } from "#contracts/artwork.ts";
import { CRITERIA, SAMPLER_TITLES, SCHEDULE_TITLES } from "#contracts/terms.ts";

/** How it was painted, and what was measured on it. */
export function Facts({ artwork }: { artwork: Artwork }) {
  const t = useTranslations("artwork.facts");
  const criteria = useTranslations("criteria");
  const why = useTranslations("criteriaWhy");
  const format = useFormatter();
  const { settings, scores, score, seed, modelHash, createdAt, negativePrompt } = artwork;
  const missing = CRITERIA.filter((name) => scores[name] === null);
  return (
    <>
      <section aria-labelledby="scores" className="grid gap-3">
        <h2 id="scores" className="flex justify-between text-sm">
          {t("score")} <span className="tabular-nums">{score.toFixed(2)}</span>
        </h2>
        <dl className="grid gap-2">
          {CRITERIA.map((name) => (
            <Score key={name} name={criteria(name)} value={scores[name]} />
          ))}
        </dl>
        <p className="text-muted text-sm">
          {t("agree", { how: agreed(artwork.consensus), consensus: artwork.consensus.toFixed(2) })}
          {missing.length > 0 && ` ${t("notHeard", { names: missing.map((name) => criteria(name)).join(", ") })}`}
        </p>
        <details className="text-sm">
          <summary className="min-h-9 text-muted hover:text-ink">{t("whatFor")}</summary>
          <dl className="grid gap-1.5 pt-2 text-muted">
            {CRITERIA.map((name) => (
              <div key={name}>
                <dt className="inline text-ink">{criteria(name)}: </dt>
                <dd className="inline">{why(name)}</dd>
              </div>
            ))}
          </dl>
        </details>
      </section>
      <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-2 border-line border-t pt-6 text-sm">
        {artwork.theme && artwork.theme !== artwork.prompt && <Fact title={t("asked")}>{artwork.theme}</Fact>}
        <Fact title={t("prompt")}>{artwork.prompt}</Fact>
        {artwork.mood && (
          <Fact title={t("mood")}>
            <MoodName mood={artwork.mood} />
          </Fact>
        )}
        <Fact title={t("painted")}>{format.dateTime(createdAt, { dateStyle: "long", timeStyle: "short" })} UTC</Fact>
        <Fact title={t("model")}>
          {settings.modelId} {modelHash}
        </Fact>
        <Fact title={t("seed")}>{seed}</Fact>
        <Fact title={t("sampler")}>
          {SAMPLER_TITLES[settings.sampler]}
          {settings.scheduleType !== "automatic" && ` ${SCHEDULE_TITLES[settings.scheduleType]}`},{" "}
          {t("steps", { steps: settings.steps })}
        </Fact>
        <Fact title={t("guidance")}>
          {settings.guidance}
          {settings.guidanceStop < 1 && ` ${t("upTo", { share: Math.round(100 * settings.guidanceStop) })}`}
        </Fact>
        <Fact title={t("underpainting")}>
          {settings.underpainting ?? t("none")}
          {artwork.sketch && (
            <>
              {` ${t("over")} `}
              <a href={`/images/${artwork.sketch}`} className="underline hover:text-accent">
                {t(artwork.parent ? "parent" : "sketch")}
              </a>
            </>
          )}
        </Fact>
        <Fact title={t("size")}>
          {settings.widthPx} × {settings.heightPx} px
        </Fact>
        {negativePrompt && <Fact title={t("without")}>{negativePrompt}</Fact>}
      </dl>
    </>
  );
}

const agreed = (consensus: number): "well" | "somewhat" | "hardly" =>
  consensus > 0.6 ? "well" : consensus > 0.35 ? "somewhat" : "hardly";

/** A score that was not given has no line: nothing was measured. */
const Score = ({ name, value }: { name: string; value: number | null }) =>
  value === null ? null : <Meter title={name} value={value} />;

const Fact = ({ title, children }: { title: string; children: ReactNode }) => (
  <>
    <dt className="text-muted">{title}</dt>
    <dd className="min-w-0 break-words tabular-nums">{children}</dd>
  </>
);

"use client";
import { useFormatter, useTranslations } from "use-intl";
import { Meter } from "#app/ui/meter.tsx";
import { MoodName } from "#app/ui/mood-name.tsx";
import type { Heard } from "./listen/mood-of-music.ts";

/** What was heard in a piece of music, and what became of it. */
export function HeardMusic({ heard, onForget }: { heard: Heard; onForget: () => void }) {
  const t = useTranslations("music");
  const format = useFormatter();
  const facts = [
    heard.tempoBpm === null ? t("noBeat") : t("tempo", { bpm: heard.tempoBpm }),
    t("key", { tonic: heard.key.tonic, mode: heard.key.mode }),
    t("loudness", { db: format.number(Math.round(heard.loudnessDb)) }),
    t("brightness", { hz: format.number(Math.round(heard.brightnessHz)) }),
  ];
  return (
    <section aria-label={t("title")} className="grid gap-3 rounded-lg border border-line p-3 text-sm">
      <div className="flex items-center justify-between gap-3">
        <h2 className="font-serif text-lg">{t("title")}</h2>
        <button type="button" onClick={onForget} className="min-h-9 px-2 text-muted text-xs hover:text-ink">
          {t("forget")}
        </button>
      </div>
      <p className="text-muted">{facts.join(" · ")}</p>
      <dl className="grid gap-2">
        <Meter title={t("energy")} value={heard.energy} />
        <Meter title={t("valence")} value={heard.valence} />
      </dl>
      <p>
        <MoodName mood={heard.mood} /> · {heard.palette}
        {heard.motion && ` · ${heard.motion}`}
      </p>
      <p className="text-muted text-xs">{t("stays")}</p>
    </section>
  );
}

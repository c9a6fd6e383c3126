"use client";
import { useTranslations } from "use-intl";
import type { Thought } from "#contracts/mind.ts";

/** What went, or goes, through her mind over a painting. */
export function Thoughts({ thoughts, isThinking }: { thoughts: readonly Thought[]; isThinking: boolean }) {
  const t = useTranslations("thoughts");
  if (thoughts.length === 0 && !isThinking) return null;
  return (
    <ol aria-label={t("title")} aria-live="polite" aria-busy={isThinking} className="grid gap-3 text-sm">
      {thoughts.map(({ index, kind, text }) => (
        <li key={index} className="appear grid grid-cols-[5rem_1fr] gap-3">
          <span className="text-muted">{t(kind)}</span>
          <span className="max-w-prose font-serif text-base leading-snug">{text}</span>
        </li>
      ))}
    </ol>
  );
}

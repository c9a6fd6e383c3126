"use client";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { useTRPC } from "#app/trpc.ts";

export const FIRST_THEMES = [
  "a lighthouse in a storm, oil painting",
  "a quiet lake at dawn, watercolor",
  "a city at night, neon",
];
const SHOWN = 5;

/** What was asked for before, the latest first, then some to begin with. */
export function Themes({ onChoose }: { onChoose: (theme: string) => void }) {
  const t = useTranslations("studio");
  const trpc = useTRPC();
  const { data: asked = [] } = useQuery(trpc.order.themes.queryOptions());
  const themes = [...new Set([...asked.slice(0, SHOWN - FIRST_THEMES.length), ...FIRST_THEMES])].slice(0, SHOWN);
  return (
    <ul aria-label={t("themes")} className="-mx-1 flex gap-2 overflow-x-auto px-1 py-1">
      {themes.map((theme) => (
        <li key={theme} className="max-w-64 shrink-0">
          <button
            type="button"
            onClick={() => onChoose(theme)}
            className="min-h-9 max-w-full truncate rounded-full border border-line px-3 text-left text-muted text-xs hover:border-muted hover:text-ink"
          >
            {theme}
          </button>
        </li>
      ))}
    </ul>
  );
}

"use client";
import { useTranslations } from "use-intl";
import { LineIcon } from "./line-icon.tsx";
import { useTheme } from "./use-theme.ts";

export function ThemeToggle() {
  const t = useTranslations("rooms");
  const { theme, setTheme } = useTheme();
  return (
    <button
      type="button"
      onClick={() => setTheme(theme === "light" ? "dark" : "light")}
      aria-label={t("lighting")}
      className="grid size-11 place-items-center rounded-lg text-muted hover:text-ink"
    >
      <LineIcon name="light" />
    </button>
  );
}

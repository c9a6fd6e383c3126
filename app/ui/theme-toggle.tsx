"use client";
import { useTranslations } from "use-intl";
import { IconButton } from "./icon-button.tsx";
import { useTheme } from "./use-theme.ts";

export function ThemeToggle() {
  const t = useTranslations("rooms");
  const { theme, setTheme } = useTheme();
  return (
    <IconButton icon="light" label={t("lighting")} onClick={() => setTheme(theme === "light" ? "dark" : "light")} />
  );
}

import type { Locale } from "use-intl/core";
import type en from "./en.json";

/** By their own names. A locale without all messages of the English one does not compile. */
export const LOCALE_NAMES = { en: "English", de: "Deutsch" } as const;
export const LOCALES = Object.keys(LOCALE_NAMES) as Locale[];
export const LOCALE_COOKIE = "locale";

export type Messages = typeof en;

declare module "use-intl" {
  interface AppConfig {
    Locale: keyof typeof LOCALE_NAMES;
    Messages: typeof en;
  }
}

"use client";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useRouter } from "next/navigation";
import type { ReactNode } from "react";
import { type Locale, useLocale, useTranslations } from "use-intl";
import { LOCALE_COOKIE, LOCALE_NAMES, LOCALES } from "#app/messages/locales.ts";
import { useTRPC } from "#app/trpc.ts";
import { buttonClass } from "#app/ui/button.tsx";
import { Chapter } from "#app/ui/chapter.tsx";
import { Choices } from "#app/ui/choices.tsx";
import { useTheme } from "#app/ui/use-theme.ts";
import { BackupsPart } from "./backups.tsx";
import { Notifications } from "./notifications.tsx";
import { Safety } from "./safety.tsx";
import { Storage } from "./storage.tsx";

const YEAR_S = 31_536_000;

export function Settings() {
  const t = useTranslations("settings");
  const router = useRouter();
  const locale = useLocale();
  const { theme, setTheme } = useTheme();
  const trpc = useTRPC();
  const isAdmin = useQuery(trpc.person.self.queryOptions()).data?.role === "admin";
  const speak = (chosen: Locale) => {
    // biome-ignore lint/suspicious/noDocumentCookie: read by the server, and the Cookie Store API is not everywhere yet
    document.cookie = `${LOCALE_COOKIE}=${chosen};path=/;max-age=${YEAR_S};samesite=lax`;
    router.refresh();
  };
  return (
    <div className="mx-auto grid max-w-2xl gap-10">
      <h1 className="font-serif text-3xl">{t("title")}</h1>
      <Part title={t("appearance")}>
        <Choices
          legend={t("language")}
          value={locale}
          options={LOCALES.map((name) => ({ value: name, title: LOCALE_NAMES[name] }))}
          onChange={speak}
        />
        <Choices
          legend={t("theme")}
          value={theme}
          options={(["dark", "light"] as const).map((name) => ({ value: name, title: t(`themes.${name}`) }))}
          onChange={setTheme}
        />
      </Part>
      <Part title={t("notifications")}>
        <Notifications />
      </Part>
      {isAdmin && (
        <Part title={t("safety.title")}>
          <Safety />
        </Part>
      )}
      <Part title={t("data")}>
        <Storage />
      </Part>
      {isAdmin && (
        <Part id="backups" title={t("backups")}>
          <BackupsPart />
        </Part>
      )}
      <Part title={t("elsewhere")}>
        <div className="flex flex-wrap gap-2">
          <Link href="/mind" className={buttonClass("quiet")}>
            {t("artist")}
          </Link>
          <Link href="/people" className={buttonClass("quiet")}>
            {t("people")}
          </Link>
          <Link href="/models" className={buttonClass("quiet")}>
            {t("models")}
          </Link>
          <Link href="/gallery?trash=1" className={buttonClass("quiet")}>
            {t("trash")}
          </Link>
        </div>
      </Part>
    </div>
  );
}

const Part = ({ id, ...part }: { id?: string; title: string; children: ReactNode }) => (
  <div id={id}>
    <Chapter {...part} className="gap-4 border-line border-t pt-6" />
  </div>
);

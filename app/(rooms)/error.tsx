"use client";
import { useTranslations } from "use-intl";
import { Button } from "#app/ui/button.tsx";

export default function Failure({ reset }: { error: Error; reset: () => void }) {
  const t = useTranslations("common");
  return (
    <section className="grid justify-items-start gap-4 py-16">
      <h1 className="font-serif text-3xl">{t("wrong")}</h1>
      <p className="text-muted">{t("wrongWhy")}</p>
      <Button onClick={reset}>{t("again")}</Button>
    </section>
  );
}

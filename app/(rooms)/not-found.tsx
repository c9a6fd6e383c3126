import Link from "next/link";
import { translatorOf } from "#app/messages/read-messages.ts";
import { buttonClass } from "#app/ui/button.tsx";

export default async function NotFound() {
  const t = await translatorOf("common");
  return (
    <section className="grid justify-items-start gap-4 py-16">
      <h1 className="font-serif text-3xl">{t("nothingHere")}</h1>
      <p className="text-muted">{t("nothingHereWhy")}</p>
      <Link href="/gallery" className={buttonClass("quiet")}>
        {t("toGallery")}
      </Link>
    </section>
  );
}

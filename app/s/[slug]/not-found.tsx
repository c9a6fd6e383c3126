import { translatorOf } from "#app/messages/read-messages.ts";

/** The same for a link that is over, was revoked, or never was. */
export default async function NotFound() {
  const t = await translatorOf("shared");
  return (
    <main className="mx-auto grid min-h-dvh max-w-sm content-center gap-3 px-6">
      <h1 className="font-serif text-3xl">{t("nothing")}</h1>
      <p className="text-muted">{t("nothingWhy")}</p>
    </main>
  );
}

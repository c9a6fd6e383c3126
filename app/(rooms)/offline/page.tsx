import type { Metadata } from "next";
import { Seen } from "#app/(rooms)/offline/seen.tsx";
import { translatorOf } from "#app/messages/read-messages.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await translatorOf("offline");
  return { title: t("title"), robots: { index: false } };
}

export default async function Page() {
  const t = await translatorOf("offline");
  return (
    <section className="grid gap-6">
      <div className="grid gap-2">
        <h1 className="font-serif text-3xl">{t("title")}</h1>
        <p className="max-w-prose text-muted">{t("what")}</p>
      </div>
      <Seen />
    </section>
  );
}

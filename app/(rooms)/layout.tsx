import { headers } from "next/headers";
import type { ReactNode } from "react";
import { readMessages } from "#app/messages/read-messages.ts";
import { Providers } from "#app/providers.tsx";
import { KeepsReady } from "#app/pwa/keeps-ready.tsx";
import { Header } from "#app/ui/header.tsx";
import { MOOD_NATURES } from "#contracts/mood-natures.ts";
import { aria, callerOf } from "#server/web.ts";

export const dynamic = "force-dynamic";

const NO_MOOD = "#dcb872";

/** Of their first artist; gold while nobody can say. */
const moodColour = (): Promise<string> =>
  aria()
    .then(({ artists }) => artists.list())
    .then(
      ([artist]) => (artist ? MOOD_NATURES[artist.mood].hex : NO_MOOD),
      () => NO_MOOD,
    );

export default async function Layout({ children }: { children: ReactNode }) {
  const [{ locale, messages }, mood, asked] = await Promise.all([readMessages(), moodColour(), headers()]);
  const { personId, role } = callerOf(asked);
  return (
    <Providers locale={locale} messages={messages} personId={personId}>
      <style>{`:root{--mood:${mood}}`}</style>
      <KeepsReady />
      <Header isAdmin={role === "admin"} />
      <main
        id="page"
        tabIndex={-1}
        className="outline-none mx-auto max-w-6xl px-4 pb-32 has-data-wide:max-w-[110rem] sm:px-6"
      >
        {children}
      </main>
    </Providers>
  );
}

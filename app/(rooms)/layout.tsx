import type { ReactNode } from "react";
import { readMessages } from "#app/messages/read-messages.ts";
import { Providers } from "#app/providers.tsx";
import { KeepsReady } from "#app/pwa/keeps-ready.tsx";
import { Header } from "#app/ui/header.tsx";

export default async function Layout({ children }: { children: ReactNode }) {
  return (
    <Providers {...(await readMessages())}>
      <KeepsReady />
      <Header />
      <main className="mx-auto max-w-6xl px-4 pb-32 has-data-wide:max-w-[110rem] sm:px-6">{children}</main>
    </Providers>
  );
}

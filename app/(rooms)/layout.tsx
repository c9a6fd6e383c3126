import type { ReactNode } from "react";
import { Providers } from "#app/providers.tsx";
import { Header } from "#app/ui/header.tsx";

export default function Layout({ children }: { children: ReactNode }) {
  return (
    <Providers>
      <Header />
      <main className="mx-auto max-w-6xl px-4 pb-32 has-data-wide:max-w-[110rem] sm:px-6">{children}</main>
    </Providers>
  );
}

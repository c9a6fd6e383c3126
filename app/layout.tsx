import "./globals.css";
import { GeistSans } from "geist/font/sans";
import type { Metadata, Viewport } from "next";
import type { ReactNode } from "react";
import { Providers } from "#app/providers.tsx";
import { Header } from "#app/ui/header.tsx";

export const metadata: Metadata = {
  title: { default: "Aria", template: "%s · Aria" },
  description: "An artist of your own: tell her a theme and watch her paint.",
  icons: { icon: "/icon.svg" },
};
export const viewport: Viewport = { themeColor: "#131211" };

/** Before the first paint, so that a light room never flashes dark. */
const THEME_SCRIPT = `try{if(localStorage.theme==="light")document.documentElement.dataset.theme="light"}catch{}`;

export default function Layout({ children }: { children: ReactNode }) {
  return (
    <html lang="en" className={GeistSans.variable} suppressHydrationWarning>
      <head>
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: a constant of ours, and it has to run before React */}
        <script dangerouslySetInnerHTML={{ __html: THEME_SCRIPT }} />
      </head>
      <body className="min-h-dvh">
        <Providers>
          <Header />
          <main className="mx-auto max-w-6xl px-4 pb-24 sm:px-6">{children}</main>
        </Providers>
      </body>
    </html>
  );
}

import "./globals.css";
import { GeistSans } from "geist/font/sans";
import type { Metadata, Viewport } from "next";
import type { ReactNode } from "react";
import { readMessages, translatorOf } from "#app/messages/read-messages.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await translatorOf("app");
  return {
    title: { default: "Aria", template: "%s · Aria" },
    description: t("description"),
    icons: { icon: "/icon.svg", apple: "/icons/apple-180.png" },
    appleWebApp: { capable: true, title: "Aria", statusBarStyle: "black-translucent" },
  };
}
export const viewport: Viewport = { themeColor: "#131211" };

/** Before the first paint, so that a light room never flashes dark. */
const THEME_SCRIPT = `try{if(localStorage.theme==="light")document.documentElement.dataset.theme="light"}catch{}`;

export default async function Layout({ children }: { children: ReactNode }) {
  const { locale } = await readMessages();
  return (
    <html lang={locale} className={GeistSans.variable} suppressHydrationWarning>
      <head>
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: a constant of ours, and it has to run before React */}
        <script dangerouslySetInnerHTML={{ __html: THEME_SCRIPT }} />
      </head>
      <body className="min-h-dvh">{children}</body>
    </html>
  );
}

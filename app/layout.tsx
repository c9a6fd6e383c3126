import "./globals.css";
import type { Metadata, Viewport } from "next";
import localFont from "next/font/local";
import { headers } from "next/headers";
import type { ReactNode } from "react";
import { readMessages, translatorOf } from "#app/messages/read-messages.ts";
import { NONCE_HEADER } from "#contracts/nonce.ts";

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

/** Latin alone: 29 kB of 70. Optional: words that are read already never change their shape; the next visit has it. */
const geist = localFont({
  src: "./fonts/geist-latin.woff2",
  variable: "--font-geist",
  weight: "100 900",
  display: "optional",
});

/**
 * Before the first paint, so that a light room never flashes dark. And what `z.config({ jitless: true })` sets, wherever zod
 * is fetched later: it would try whether it may make functions of text, which the policy forbids and reports.
 */
const START_SCRIPT = `globalThis.__zod_globalConfig={jitless:true};try{if(localStorage.theme==="light")document.documentElement.dataset.theme="light"}catch{}`;

export default async function Layout({ children }: { children: ReactNode }) {
  const { locale } = await readMessages();
  const nonce = (await headers()).get(NONCE_HEADER) ?? undefined;
  return (
    <html lang={locale} className={geist.variable} suppressHydrationWarning>
      <head>
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: a constant of ours, and it has to run before React */}
        <script nonce={nonce} suppressHydrationWarning dangerouslySetInnerHTML={{ __html: START_SCRIPT }} />
      </head>
      <body className="min-h-dvh">{children}</body>
    </html>
  );
}

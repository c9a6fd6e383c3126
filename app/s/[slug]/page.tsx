import type { Metadata } from "next";
import { cookies, headers } from "next/headers";
import { notFound } from "next/navigation";
import { cache } from "react";
import { translatorOf } from "#app/messages/read-messages.ts";
import { Locked } from "#app/s/[slug]/locked.tsx";
import { SharedView } from "#app/s/[slug]/shared-view.tsx";
import { structuredDataOf } from "#app/s/[slug]/structured-data.ts";
import { countShareView, keyCookieOf, openShare, publicOriginOf } from "#server/web.ts";

type Props = {
  params: Promise<{ slug: string }>;
  searchParams: Promise<{ refused?: string; artwork?: string }>;
};

export const dynamic = "force-dynamic";

const read = cache(async (slug: string) => openShare(slug, (await cookies()).get(keyCookieOf(slug))?.value));

const originOf = async () => publicOriginOf({ headers: await headers() });

/** Those that fetch a link to show what it leads to, and are nobody who looks. */
const ROBOTS = /bot|crawl|spider|preview|facebookexternalhit|whatsapp|slack|embed|curl|wget/i;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { slug } = await params;
  const t = await translatorOf("shared");
  const share = await read(slug);
  const robots = { index: false };
  if (share?.state !== "open") return { title: t("locked"), robots };
  const [first] = share.artworks;
  const description = first?.statement ?? t("by", { artist: first?.artist ?? "Aria" });
  const origin = await originOf();
  const url = `${origin}/s/${slug}`;
  return {
    metadataBase: new URL(origin),
    title: { absolute: `${share.title} · Aria` },
    description,
    openGraph: { type: "article", siteName: "Aria", title: share.title, description, url },
    twitter: { card: "summary_large_image", title: share.title, description },
    alternates: {
      canonical: url,
      types: { "application/json+oembed": `${origin}/oembed?url=${encodeURIComponent(url)}&format=json` },
    },
  };
}

export default async function Page({ params, searchParams }: Props) {
  const { slug } = await params;
  const share = await read(slug);
  if (!share) notFound();
  const { refused, artwork } = await searchParams;
  if (share.state === "locked") return <Locked slug={slug} refused={refused} />;
  if (!ROBOTS.test((await headers()).get("user-agent") ?? "")) await countShareView(share.slug);
  return (
    <>
      <script
        type="application/ld+json"
        // biome-ignore lint/security/noDangerouslySetInnerHtml: JSON, with every "<" in it escaped
        dangerouslySetInnerHTML={{ __html: structuredDataOf(share, await originOf()) }}
      />
      <SharedView share={share} chosen={artwork} />
    </>
  );
}

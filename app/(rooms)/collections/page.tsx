import type { Metadata } from "next";
import { Collections } from "#app/(rooms)/collections/collections.tsx";
import { translatorOf } from "#app/messages/read-messages.ts";
import { aria } from "#server/web.ts";

export const dynamic = "force-dynamic";

export async function generateMetadata(): Promise<Metadata> {
  const t = await translatorOf("collections");
  return { title: t("title") };
}

export default async function Page() {
  return <Collections initial={await (await aria()).collections.list()} />;
}

import type { Metadata } from "next";
import { Models } from "#app/(rooms)/models/models.tsx";
import { translatorOf } from "#app/messages/read-messages.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await translatorOf("models");
  return { title: t("title") };
}

export default function Page() {
  return <Models />;
}

import type { Metadata } from "next";
import { MindView } from "#app/mind/mind-view.tsx";
import { aria } from "#server/web.ts";

export const metadata: Metadata = { title: "Mind" };
export const dynamic = "force-dynamic";

export default async function Page() {
  return <MindView initial={await aria().readMind()} />;
}

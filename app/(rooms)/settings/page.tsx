import type { Metadata } from "next";
import { Settings } from "#app/(rooms)/settings/settings.tsx";
import { translatorOf } from "#app/messages/read-messages.ts";
import { Prefetched } from "#app/prefetched.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await translatorOf("settings");
  return { title: t("title") };
}

export default function Page() {
  return (
    <Prefetched ask={(trpc, queryClient) => queryClient.prefetchQuery(trpc.person.self.queryOptions())}>
      <Settings />
    </Prefetched>
  );
}

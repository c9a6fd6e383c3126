import type { Metadata } from "next";
import { Flags } from "#app/(rooms)/flags/flags.tsx";
import { translatorOf } from "#app/messages/read-messages.ts";
import { Prefetched } from "#app/prefetched.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await translatorOf("flags");
  return { title: t("title") };
}

export default function Page() {
  return (
    <Prefetched ask={(trpc, queryClient) => queryClient.prefetchQuery(trpc.flag.list.queryOptions())}>
      <Flags />
    </Prefetched>
  );
}

import type { Metadata } from "next";
import { Operations } from "#app/(rooms)/admin/operations.tsx";
import { translatorOf } from "#app/messages/read-messages.ts";
import { Prefetched } from "#app/prefetched.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await translatorOf("admin");
  return { title: t("title") };
}

export default function Page() {
  return (
    <Prefetched
      ask={(trpc, queryClient) =>
        Promise.all([
          queryClient.prefetchQuery(trpc.admin.queue.queryOptions()),
          queryClient.prefetchQuery(trpc.health.whole.queryOptions()),
          queryClient.prefetchQuery(trpc.admin.learned.queryOptions()),
        ])
      }
    >
      <Operations />
    </Prefetched>
  );
}

import { Studio } from "#app/(rooms)/studio/studio.tsx";
import { Prefetched } from "#app/prefetched.tsx";
import { idIn } from "#app/ui/ids.ts";
import type { OrderId } from "#contracts/order.ts";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function Page({ searchParams }: Props) {
  const { order } = await searchParams;
  const asked = typeof order === "string" ? idIn<OrderId>(order) : null;
  return (
    <Prefetched
      ask={async (trpc, queryClient) => {
        const shown = async () => {
          const id = asked ?? (await queryClient.fetchQuery(trpc.order.current.queryOptions()))?.id;
          if (id) await queryClient.prefetchQuery(trpc.order.byId.queryOptions(id));
        };
        await Promise.all([
          shown().catch(() => null),
          queryClient.prefetchQuery(trpc.health.whole.queryOptions()),
          queryClient.prefetchQuery(trpc.order.line.queryOptions()),
          queryClient.prefetchQuery(trpc.order.themes.queryOptions()),
          queryClient.prefetchQuery(trpc.mind.artists.queryOptions()),
        ]);
      }}
    >
      <Studio />
    </Prefetched>
  );
}

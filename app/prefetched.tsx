import "server-only";
import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import { createTRPCOptionsProxy } from "@trpc/tanstack-react-query";
import { headers } from "next/headers";
import type { ReactNode } from "react";
import { appRouter, createContext } from "#server/web.ts";

/** What takes longer, an engine that is starting say, is asked for by the browser. */
const WITHIN_MS = 300;

const proxyOver = (queryClient: QueryClient) =>
  createTRPCOptionsProxy({ router: appRouter, ctx: async () => createContext(await headers()), queryClient });

interface Props {
  /** Asks for all that the page shows first; what fails is asked for again by the browser. */
  readonly ask: (trpc: ReturnType<typeof proxyOver>, queryClient: QueryClient) => Promise<unknown>;
  readonly children: ReactNode;
}

/** A page that comes with its answers, under the same keys as in the browser. */
export async function Prefetched({ ask, children }: Props) {
  const queryClient = new QueryClient();
  await Promise.race([ask(proxyOver(queryClient), queryClient), new Promise((late) => setTimeout(late, WITHIN_MS))]);
  return <HydrationBoundary state={dehydrate(queryClient)}>{children}</HydrationBoundary>;
}

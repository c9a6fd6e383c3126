"use client";
import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { createTRPCClient, httpBatchLink, httpLink, splitLink, TRPCClientError } from "@trpc/client";
import { type ReactNode, useState } from "react";
import superjson from "superjson";
import { IntlProvider, type Locale } from "use-intl";
import type { Messages } from "#app/messages/locales.ts";
import { outboxLink } from "#app/pwa/outbox-link.ts";
import { TRPCProvider } from "#app/trpc.ts";
import { Toaster } from "#app/ui/toaster.tsx";
import { BATCH_AT_MOST } from "#contracts/batch-size.ts";
import type { AppRouter } from "#server/transport/trpc/app-router.ts";

/** Asked one by one, at addresses of their own: so the service worker finds the answers again without a network. */
const KEPT_OFFLINE = new Set(["gallery", "artwork", "collection"]);

/** Whose session has ended is asked to sign in, and comes back to where they were. */
function leadToSignIn(error: unknown): void {
  const code = error instanceof TRPCClientError ? (error as TRPCClientError<AppRouter>).data?.aria?.code : null;
  const { pathname, search } = window.location;
  if (code === "UNAUTHENTICATED") window.location.assign(`/sign-in?${new URLSearchParams({ to: pathname + search })}`);
}

const makeQueryClient = () =>
  new QueryClient({
    queryCache: new QueryCache({ onError: leadToSignIn }),
    mutationCache: new MutationCache({ onError: leadToSignIn }),
    defaultOptions: {
      queries: { staleTime: 10_000, retry: 2, networkMode: "always" },
      mutations: { networkMode: "always" },
    },
  });
const door = { url: "/api/trpc", transformer: superjson };
const makeTrpcClient = (personId: string | null) =>
  createTRPCClient<AppRouter>({
    links: [
      outboxLink(personId),
      splitLink({
        condition: ({ type, path }) => type === "query" && KEPT_OFFLINE.has(path.split(".")[0] ?? ""),
        true: httpLink(door),
        false: httpBatchLink({ ...door, maxItems: BATCH_AT_MOST }),
      }),
    ],
  });

interface Props {
  readonly locale: Locale;
  readonly messages: Messages;
  /** Null where nobody has signed in, or has to. */
  readonly personId: string | null;
  readonly children: ReactNode;
}

export function Providers({ locale, messages, personId, children }: Props) {
  const [queryClient] = useState(makeQueryClient);
  const [trpcClient] = useState(() => makeTrpcClient(personId));
  return (
    // UTC on both sides, or a date would be rendered twice: times of day are told with their zone.
    <IntlProvider locale={locale} messages={messages} timeZone="UTC">
      <QueryClientProvider client={queryClient}>
        <TRPCProvider trpcClient={trpcClient} queryClient={queryClient}>
          <Toaster>{children}</Toaster>
        </TRPCProvider>
      </QueryClientProvider>
    </IntlProvider>
  );
}

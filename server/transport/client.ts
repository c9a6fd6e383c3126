/**
 * `aria/client`: Aria from another TypeScript program, every call typed by the routers themselves. Installed by path from a
 * checkout; README.md says how. REST is described by `/openapi.json`.
 */
import { createTRPCClient, httpBatchLink, TRPCClientError } from "@trpc/client";
import superjson from "superjson";
import { BATCH_AT_MOST } from "#contracts/batch-size.ts";
import type { AnyAriaError } from "#contracts/errors.ts";
import type { AppRouter } from "./trpc/app-router.ts";

interface Options {
  /** "http://localhost:3000" */
  readonly url: string;
  /** Sent along with each call. */
  readonly headers?: Readonly<Record<string, string>>;
}

export type AriaClient = ReturnType<typeof createAriaClient>;

export function createAriaClient({ url, headers = {} }: Options) {
  const link = httpBatchLink({
    url: new URL("/api/trpc", url).href,
    transformer: superjson,
    headers: { ...headers },
    maxItems: BATCH_AT_MOST,
  });
  return createTRPCClient<AppRouter>({ links: [link] });
}

/** What Aria says is wrong, by its code with the facts to act on; null for an error that is none of hers. */
export function refusalOf(error: unknown): Pick<AnyAriaError, "code" | "facts"> | null {
  return error instanceof TRPCClientError ? ((error as TRPCClientError<AppRouter>).data?.aria ?? null) : null;
}

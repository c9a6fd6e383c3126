import { TRPCClientError } from "@trpc/client";
import { sentenceFor } from "#contracts/error-sentences.ts";
import type { AppRouter } from "#server/transport/trpc/app-router.ts";

/** What went wrong with a call, said to a person. */
export function sentenceOf(error: unknown): string {
  const data = error instanceof TRPCClientError ? (error as TRPCClientError<AppRouter>).data : null;
  if (data?.aria) return sentenceFor(data.aria);
  // Answered, but not by a failure that was foreseen.
  if (data) return "Something went wrong inside Aria; her log has the details.";
  return "Aria cannot be reached. Is she still running?";
}

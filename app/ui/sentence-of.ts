/** What went wrong, said to a person: one sentence, with the limit or the next step in it. */
import { TRPCClientError } from "@trpc/client";
import type { ErrorCode } from "#contracts/errors.ts";
import type { AppRouter } from "#server/transport/trpc/app-router.ts";

const SENTENCES = {
  NOT_FOUND: () => "That is not here any more.",
  INVALID: (facts) => `${facts.field}: ${facts.reason}.`,
  CONFLICT: (facts) => String(facts.reason),
  FORBIDDEN: () => "That is not yours to do.",
  BUSY: () => "Aria has her hands full. Try again in a few seconds.",
  UNAVAILABLE: () => "A part of Aria does not answer just now. Try again in a moment.",
  GENERATION_FAILED: () => "The painting did not come out. Another seed may do better.",
  CANCELLED: () => "This painting was cancelled.",
} as const satisfies Record<ErrorCode, (facts: Readonly<Record<string, unknown>>) => string>;

export function sentenceOf(error: unknown): string {
  const known = error instanceof TRPCClientError ? (error as TRPCClientError<AppRouter>).data?.aria : null;
  if (known) return SENTENCES[known.code]({ ...known.facts });
  return "Aria cannot be reached. Is she still running?";
}

import { NextResponse } from "next/server";
import { sentenceFor } from "#contracts/error-sentences.ts";
import { type AnyAriaError, HTTP_STATUS } from "#contracts/errors.ts";
import type { Caller, wanting } from "#server/domain/access/caller.ts";

const told = (error: Pick<AnyAriaError, "code" | "facts">, headers: Record<string, string> = {}): NextResponse =>
  NextResponse.json(
    { error: { ...error, message: sentenceFor(error) } },
    { status: HTTP_STATUS[error.code], headers: { "cache-control": "no-store", ...headers } },
  );

export const tooOften = (retryAfterMs: number): NextResponse =>
  told({ code: "BUSY", facts: { retryAfterMs } }, { "retry-after": String(Math.ceil(retryAfterMs / 1_000)) });

/** The same for what is there and for what never was. */
export function refusal({ role }: Caller, needs: NonNullable<ReturnType<typeof wanting>>): NextResponse {
  return told(role === "visitor" ? { code: "UNAUTHENTICATED", facts: {} } : { code: "FORBIDDEN", facts: { needs } });
}

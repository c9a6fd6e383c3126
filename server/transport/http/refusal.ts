import { NextResponse } from "next/server";
import { sentenceFor } from "#contracts/error-sentences.ts";
import { type AnyAriaError, HTTP_STATUS } from "#contracts/errors.ts";
import type { Caller, wanting } from "#server/domain/access/caller.ts";

/** The same for what is there and for what never was. */
export function refusal({ role }: Caller, needs: NonNullable<ReturnType<typeof wanting>>): NextResponse {
  const error: Pick<AnyAriaError, "code" | "facts"> =
    role === "visitor" ? { code: "UNAUTHENTICATED", facts: {} } : { code: "FORBIDDEN", facts: { needs } };
  const body = { error: { ...error, message: sentenceFor(error) } };
  return NextResponse.json(body, { status: HTTP_STATUS[error.code], headers: { "cache-control": "no-store" } });
}

import { NextResponse } from "next/server";
import { type AnyAriaError, AriaError, HTTP_STATUS } from "#contracts/errors.ts";
import { PROBLEM_TYPE, problemOf } from "#contracts/problem.ts";
import type { Caller, wanting } from "#server/domain/access/caller.ts";
import { retryAfter } from "./answer.ts";

const told = (error: AnyAriaError): NextResponse =>
  NextResponse.json(problemOf(error), {
    status: HTTP_STATUS[error.code],
    headers: { "content-type": PROBLEM_TYPE, "cache-control": "no-store", ...retryAfter(error) },
  });

export const tooOften = (retryAfterMs: number): NextResponse => told(new AriaError("BUSY", { retryAfterMs }));

/** The same for what is there and for what never was. */
export function refusal({ role }: Caller, needs: NonNullable<ReturnType<typeof wanting>>): NextResponse {
  return told(role === "visitor" ? new AriaError("UNAUTHENTICATED", {}) : new AriaError("FORBIDDEN", { needs }));
}

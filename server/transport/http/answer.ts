import { type AnyAriaError, type ErrorCode, HTTP_STATUS, isAriaError } from "#contracts/errors.ts";
import { PROBLEM_TYPE, type Problem, problemOf, problemWith } from "#contracts/problem.ts";

/** What `act` gives, or problem details where it throws an AriaError; all else it throws is thrown on. */
export async function answer(act: () => Promise<Response>): Promise<Response> {
  try {
    return await act();
  } catch (error) {
    if (!isAriaError(error)) throw error;
    return refused(error);
  }
}

/** In problem details. */
export const refused = (error: AnyAriaError): Response => told(problemOf(error), retryAfter(error));

/** Of an order that went wrong while it was painted. */
export const failed = ({ code, message }: { code: ErrorCode; message: string }): Response =>
  told(problemWith(code, message));

const told = (problem: Problem, headers: Record<string, string> = {}): Response =>
  Response.json(problem, {
    status: HTTP_STATUS[problem.code],
    headers: { "content-type": PROBLEM_TYPE, "cache-control": "no-store", ...headers },
  });

/** Of BUSY, in seconds (RFC 9110, 10.2.3). */
export const retryAfter = (error: AnyAriaError): Record<string, string> =>
  error.code === "BUSY" ? { "retry-after": String(Math.ceil(error.facts.retryAfterMs / 1_000)) } : {};

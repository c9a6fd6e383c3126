import { type AnyAriaError, type ErrorCode, isAriaError } from "#contracts/errors.ts";
import {
  type DoorCode,
  PROBLEM_TYPE,
  type Problem,
  problemAtDoor,
  problemOf,
  problemWith,
} from "#contracts/problem.ts";

/** What `act` gives, or problem details where it throws an AriaError; all else it throws is thrown on. */
export async function answer(act: () => Promise<Response>): Promise<Response> {
  try {
    return await act();
  } catch (error) {
    if (!isAriaError(error)) throw error;
    return refused(error);
  }
}

/** What a request came with, where somebody may be shown the answer as a page: they read a sentence. All else is a program's. */
type Asked = Pick<Headers, "get">;

/** In problem details. */
export const refused = (error: AnyAriaError, asked?: Asked): Response =>
  told(problemOf(error), { asked, more: retryAfter(error) });

/** The same, for what is no error of Aria's. */
export const turnedAway = (code: DoorCode, asked?: Asked): Response => told(problemAtDoor(code), { asked });

/** With a sentence of its own: of an order that went wrong while it was painted, say. */
export const failed = ({ code, message }: { code: ErrorCode; message: string }, asked?: Asked): Response =>
  told(problemWith(code, message), { asked });

interface Telling {
  readonly asked: Asked | undefined;
  readonly more?: Record<string, string>;
}

function told(problem: Problem, { asked, more = {} }: Telling): Response {
  const isPage = asked?.get("accept")?.includes("text/html") ?? false;
  const type = isPage ? "text/plain; charset=utf-8" : PROBLEM_TYPE;
  const headers = { "content-type": type, "cache-control": "no-store", ...more };
  return new Response(isPage ? problem.detail : JSON.stringify(problem), { status: problem.status, headers });
}

/** Of BUSY, in seconds (RFC 9110, 10.2.3). */
export const retryAfter = (error: AnyAriaError): Record<string, string> =>
  error.code === "BUSY" ? { "retry-after": String(Math.ceil(error.facts.retryAfterMs / 1_000)) } : {};

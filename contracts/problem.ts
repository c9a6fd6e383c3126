/** What a REST caller is told of an error: problem details, RFC 9457. */
import { z } from "zod";
import { sentenceFor } from "./error-sentences.ts";
import { type AnyAriaError, ERROR_CODES, type ErrorCode, HTTP_STATUS } from "./errors.ts";

export const PROBLEM_TYPE = "application/problem+json";

/** What goes wrong at a REST door alone, and is no error of Aria's: its status, and a sentence for people. */
const AT_DOORS = {
  FOREIGN: { status: 403, detail: "A page of another origin may not ask for this." },
  UNKNOWN_NAME: { status: 403, detail: "Aria does not answer to this name." },
  ANOTHERS: { status: 412, detail: "It was asked for by another person." },
  TOO_LARGE: { status: 413, detail: "That is more than Aria takes." },
  OTHER_FORMAT: { status: 501, detail: "Only json." },
  NO_ANSWER: { status: 502, detail: "What should have answered this does not." },
} as const;
export type DoorCode = keyof typeof AT_DOORS;
const DOOR_CODES = Object.keys(AT_DOORS) as DoorCode[];

export const Problem = z.object({
  /** "about:blank": the title is the status's own, and `code` says which problem it is. */
  type: z.literal("about:blank"),
  title: z.string(),
  status: z.int(),
  /** A sentence for people. */
  detail: z.string(),
  code: z.enum([...ERROR_CODES, ...DOOR_CODES]),
  /** What a program needs to act on it, by the code. */
  facts: z.record(z.string(), z.unknown()),
});
export type Problem = z.infer<typeof Problem>;

const TITLES = {
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  409: "Conflict",
  412: "Precondition Failed",
  413: "Content Too Large",
  429: "Too Many Requests",
  499: "Client Closed Request",
  500: "Internal Server Error",
  501: "Not Implemented",
  502: "Bad Gateway",
  503: "Service Unavailable",
} as const satisfies Record<(typeof HTTP_STATUS)[ErrorCode] | (typeof AT_DOORS)[DoorCode]["status"], string>;

export const problemOf = ({ code, facts }: Pick<AnyAriaError, "code" | "facts">): Problem =>
  problemWith(code, sentenceFor({ code, facts }), { ...facts });

export function problemWith(code: ErrorCode, detail: string, facts: Record<string, unknown> = {}): Problem {
  const status = HTTP_STATUS[code];
  return { type: "about:blank", title: TITLES[status], status, detail, code, facts };
}

export function problemAtDoor(code: DoorCode): Problem {
  const { status, detail } = AT_DOORS[code];
  return { type: "about:blank", title: TITLES[status], status, detail, code, facts: {} };
}

/** What a REST caller is told of an error: problem details, RFC 9457. */
import { z } from "zod";
import { sentenceFor } from "./error-sentences.ts";
import { type AnyAriaError, ERROR_CODES, type ErrorCode, HTTP_STATUS } from "./errors.ts";

export const PROBLEM_TYPE = "application/problem+json";

export const Problem = z.object({
  /** "about:blank": the title is the status's own, and `code` says which problem it is. */
  type: z.literal("about:blank"),
  title: z.string(),
  status: z.int(),
  /** A sentence for people. */
  detail: z.string(),
  code: z.enum(ERROR_CODES),
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
  429: "Too Many Requests",
  499: "Client Closed Request",
  500: "Internal Server Error",
  503: "Service Unavailable",
} as const satisfies Record<(typeof HTTP_STATUS)[keyof typeof HTTP_STATUS], string>;

export const problemOf = ({ code, facts }: Pick<AnyAriaError, "code" | "facts">): Problem =>
  problemWith(code, sentenceFor({ code, facts }), { ...facts });

export function problemWith(code: ErrorCode, detail: string, facts: Record<string, unknown> = {}): Problem {
  const status = HTTP_STATUS[code];
  return { type: "about:blank", title: TITLES[status], status, detail, code, facts };
}

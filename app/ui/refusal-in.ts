import type { Problem } from "#contracts/problem.ts";

/** What the server says is wrong, in its own words; null where the reply is none of its refusals. */
export function refusalIn(reply: unknown): string | null {
  const { detail } = (reply ?? {}) as Partial<Problem>;
  return typeof detail === "string" ? detail : null;
}

import type { ZodError } from "zod";

/** The first thing wrong with an input, as INVALID's facts: the field as the caller spells it, and its limit. */
export function invalidFrom(error: ZodError): { field: string; reason: string } {
  const issue = error.issues[0];
  const field = issue?.path.join(".") || "request";
  return { field, reason: issue?.message ?? "does not fit" };
}

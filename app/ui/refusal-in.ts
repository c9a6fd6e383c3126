import type { z } from "zod";
import type { ErrorReply } from "#contracts/generation.ts";

/** What the server says is wrong, in its own words; null where the reply is none of its refusals. */
export function refusalIn(reply: unknown): string | null {
  const { error } = (reply ?? {}) as Partial<z.infer<typeof ErrorReply>>;
  return typeof error?.message === "string" ? error.message : null;
}

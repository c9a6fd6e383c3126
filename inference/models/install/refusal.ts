import { AriaError } from "#contracts/errors.ts";

/** What is not installed, by the file or setting that is the reason. */
export const refusal = (field: string, reason: string): AriaError<"INVALID"> =>
  new AriaError("INVALID", { field, reason });

import { AriaError } from "#contracts/errors.ts";
import type { Caller, wanting } from "#server/domain/access/caller.ts";
import { refused } from "./answer.ts";

export const tooOften = (retryAfterMs: number): Response => refused(new AriaError("BUSY", { retryAfterMs }));

/** The same for what is there and for what never was. */
export const refusal = ({ role }: Caller, needs: NonNullable<ReturnType<typeof wanting>>): Response =>
  refused(role === "visitor" ? new AriaError("UNAUTHENTICATED", {}) : new AriaError("FORBIDDEN", { needs }));

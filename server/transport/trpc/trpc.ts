import { initTRPC, type TRPC_ERROR_CODE_KEY, TRPCError } from "@trpc/server";
import superjson from "superjson";
import { ZodError } from "zod";
import { AriaError, type ErrorCode, isAriaError } from "#contracts/errors.ts";
import type { Container } from "#server/container.ts";
import { invalidFrom } from "#server/transport/invalid-from.ts";

export interface Context {
  readonly aria: Container;
  readonly ticketFor: (orderId: string) => string;
}

/** Adding an error code does not compile until it is given a status here. */
const STATUS = {
  NOT_FOUND: "NOT_FOUND",
  INVALID: "BAD_REQUEST",
  CONFLICT: "CONFLICT",
  FORBIDDEN: "FORBIDDEN",
  BUSY: "TOO_MANY_REQUESTS",
  UNAVAILABLE: "SERVICE_UNAVAILABLE",
  GENERATION_FAILED: "INTERNAL_SERVER_ERROR",
  CANCELLED: "CLIENT_CLOSED_REQUEST",
} as const satisfies Record<ErrorCode, TRPC_ERROR_CODE_KEY>;

/** What a failed call tells its caller: the code and its facts; input that does not fit names field and limit. */
function ariaOf(cause: unknown) {
  const known = cause instanceof ZodError ? new AriaError("INVALID", invalidFrom(cause)) : cause;
  return isAriaError(known) ? { code: known.code, facts: known.facts } : null;
}

const t = initTRPC.context<Context>().create({
  transformer: superjson,
  errorFormatter: ({ shape, error }) => ({ ...shape, data: { ...shape.data, aria: ariaOf(error.cause) } }),
});

export const router = t.router;
export const createCaller = t.createCallerFactory;

export const publicProcedure = t.procedure.use(async ({ next }) => {
  const result = await next();
  const cause = result.ok ? undefined : result.error.cause;
  if (isAriaError(cause)) throw new TRPCError({ code: STATUS[cause.code], cause });
  return result;
});

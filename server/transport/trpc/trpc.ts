import { initTRPC, type TRPC_ERROR_CODE_KEY, TRPCError } from "@trpc/server";
import superjson from "superjson";
import { ZodError } from "zod";
import { type AnyAriaError, type ErrorCode, isAriaError } from "#contracts/errors.ts";
import { invalidFrom } from "#contracts/invalid-from.ts";
import type { Container } from "#server/container.ts";
import { failSpan, span } from "#telemetry/span.ts";

export interface Context {
  readonly aria: Container;
  /** Where others reach Aria; null while nobody but this machine does. */
  readonly publicOrigin: string | null;
  readonly ticketFor: (orderId: string) => string;
}

/** Adding an error code does not compile until it is given a status here. */
const STATUS = {
  NOT_FOUND: "NOT_FOUND",
  INVALID: "BAD_REQUEST",
  CONFLICT: "CONFLICT",
  BUSY: "TOO_MANY_REQUESTS",
  UNAVAILABLE: "SERVICE_UNAVAILABLE",
  GENERATION_FAILED: "INTERNAL_SERVER_ERROR",
  CANCELLED: "CLIENT_CLOSED_REQUEST",
} as const satisfies Record<ErrorCode, TRPC_ERROR_CODE_KEY>;

/** What a failed call tells its caller: the code and its facts; input that does not fit names field and limit. */
function ariaOf({ code, cause }: TRPCError): Pick<AnyAriaError, "code" | "facts"> | null {
  // Only an input that does not fit is BAD_REQUEST by itself; a ZodError from deeper is a bug of ours.
  if (code === "BAD_REQUEST" && cause instanceof ZodError) return { code: "INVALID", facts: invalidFrom(cause) };
  return isAriaError(cause) ? { code: cause.code, facts: cause.facts } : null;
}

const t = initTRPC.context<Context>().create({
  transformer: superjson,
  errorFormatter: ({ shape, error }) => ({ ...shape, data: { ...shape.data, aria: ariaOf(error) } }),
});

export const router = t.router;
export const createCaller = t.createCallerFactory;

export const publicProcedure = t.procedure.use(({ path, next }) =>
  span(`trpc ${path}`, { kind: "server" }, async () => {
    const result = await next();
    if (result.ok) return result;
    const { cause } = result.error;
    failSpan(cause ?? result.error);
    if (isAriaError(cause)) throw new TRPCError({ code: STATUS[cause.code], cause });
    return result;
  }),
);

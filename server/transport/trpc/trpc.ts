import { initTRPC, type TRPC_ERROR_CODE_KEY, TRPCError } from "@trpc/server";
import superjson from "superjson";
import { ZodError } from "zod";
import { type AnyAriaError, AriaError, type ErrorCode, isAriaError } from "#contracts/errors.ts";
import { invalidFrom } from "#contracts/invalid-from.ts";
import type { Role } from "#contracts/people.ts";
import type { Container } from "#server/container.ts";
import { type Caller, type Need, wanting } from "#server/domain/access/caller.ts";
import { failSpan, span } from "#telemetry/span.ts";

export interface Context {
  readonly aria: Container;
  readonly caller: Caller;
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
  UNAUTHENTICATED: "UNAUTHORIZED",
  FORBIDDEN: "FORBIDDEN",
} as const satisfies Record<ErrorCode, TRPC_ERROR_CODE_KEY>;

/** What a failed call tells its caller: the code and its facts; input that does not fit names field and limit. */
function ariaOf({ code, cause }: TRPCError): Pick<AnyAriaError, "code" | "facts"> | null {
  // Only an input that does not fit is BAD_REQUEST by itself; a ZodError from deeper is a bug of ours.
  if (code === "BAD_REQUEST" && cause instanceof ZodError) return { code: "INVALID", facts: invalidFrom(cause) };
  return isAriaError(cause) ? { code: cause.code, facts: cause.facts } : null;
}

interface Meta {
  /** Who may call it; a procedure without one does not compile, for `t.procedure` stays in this file. */
  readonly role: Exclude<Role, "visitor">;
  /** By nobody's key. */
  readonly isInPerson?: true;
}

const t = initTRPC
  .context<Context>()
  .meta<Meta>()
  .create({
    transformer: superjson,
    errorFormatter: ({ shape, error }) => ({ ...shape, data: { ...shape.data, aria: ariaOf(error) } }),
  });

export const router = t.router;
export const createCaller = t.createCallerFactory;

const foreseen = t.procedure.use(({ path, next }) =>
  span(`trpc ${path}`, { kind: "server" }, async () => {
    const result = await next();
    if (result.ok) return result;
    const { cause } = result.error;
    failSpan(cause ?? result.error);
    if (isAriaError(cause)) throw new TRPCError({ code: STATUS[cause.code], cause });
    return result;
  }),
);

function refuse(caller: Caller, need: Need): void {
  const wants = wanting(caller, need);
  if (wants === null) return;
  throw caller.role === "visitor" ? new AriaError("UNAUTHENTICATED", {}) : new AriaError("FORBIDDEN", { needs: wants });
}

export const memberProcedure = foreseen.meta({ role: "member" }).use(({ ctx, type, next }) => {
  refuse(ctx.caller, { role: "member", scope: type === "query" ? "read" : "write" });
  return ctx.aria.asCaller(ctx.caller, next);
});

/** Not by a key: one that may only look would make itself another. */
export const inPersonProcedure = memberProcedure.meta({ role: "member", isInPerson: true }).use(({ ctx, next }) => {
  if (ctx.caller.scopes !== null) throw new AriaError("FORBIDDEN", { needs: "session" });
  return next();
});

const MAX_SUBJECT = 200;
const MAX_DETAIL = 200;

/** What an input is about, for the audit: never all of it, for there are passwords in some. */
export function subjectOf(input: unknown): string {
  if (typeof input === "string") return input.slice(0, MAX_SUBJECT);
  const { name, email, modelId, from, subject, id } = (input ?? {}) as Record<string, unknown>;
  const said = [name, email, modelId, from, subject, id].filter((part) => typeof part === "string");
  return said.join(", ").slice(0, MAX_SUBJECT);
}

const shortened = (said: string): string => (said.length > MAX_DETAIL ? `${said.slice(0, MAX_DETAIL - 1)}…` : said);

/**
 * What it changes is written down, with who did it. Where one procedure does several things, `ctx.note` says which it was: in
 * words of its own, for nobody knows here what of an input is a secret.
 */
export const adminProcedure = foreseen.meta({ role: "admin" }).use(async ({ ctx, type, path, getRawInput, next }) => {
  refuse(ctx.caller, { role: "admin", scope: "admin" });
  let detail = "";
  const note = (said: string): void => {
    detail = shortened(said);
  };
  const result = await ctx.aria.asCaller(ctx.caller, () => next({ ctx: { note } }));
  if (type === "mutation" && result.ok) {
    const { personId } = ctx.caller;
    await ctx.aria.writeAudit({ personId, action: path, subject: subjectOf(await getRawInput()), detail });
  }
  return result;
});

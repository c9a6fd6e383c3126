import type { SafetyCategory } from "./safety.ts";

/**
 * Every failure Aria expects, with the facts a caller needs to act on it.
 * Whatever else is thrown is a bug: it is logged whole and shown as a 500.
 */
interface FactsOf {
  NOT_FOUND: {
    kind:
      | "artist"
      | "artwork"
      | "backup"
      | "collection"
      | "order"
      | "model"
      | "image"
      | "series"
      | "share"
      | "person"
      | "key";
    id: string;
  };
  /** `field` as the caller spells it; `reason` names the limit: "must be at most 2,000 characters". */
  INVALID: {
    field: string;
    reason: string;
    /** Where it is not painted for what it asks for. */
    refused?: SafetyCategory;
  };
  CONFLICT: { reason: string };
  BUSY: { retryAfterMs: number };
  UNAVAILABLE: { dependency: "inference" | "storage" | "hub"; reason?: string };
  GENERATION_FAILED: {
    modelId: string;
    reason:
      | "nan_latents"
      | "blank_picture"
      | "out_of_memory"
      | "model_unreadable"
      | "engine_died"
      | "engine_fault"
      | "scorer_died";
  };
  CANCELLED: { orderId: string };
  /** Nobody has signed in, or the key is none. */
  UNAUTHENTICATED: Record<string, never>;
  FORBIDDEN: { needs: "member" | "admin" | "read" | "write" | "session" };
}
export type ErrorCode = keyof FactsOf;

export class AriaError<C extends ErrorCode> extends Error {
  override readonly name = "AriaError";
  readonly code: C;
  readonly facts: FactsOf[C];

  constructor(code: C, facts: FactsOf[C], options?: ErrorOptions) {
    super(`${code} ${JSON.stringify(facts)}`, options);
    this.code = code;
    this.facts = facts;
  }
}

/** Distributed over the codes, so that `switch (e.code)` narrows `e.facts`. */
export type AnyAriaError = { [C in ErrorCode]: AriaError<C> }[ErrorCode];

/** By name, not by `instanceof`: bundles and child processes each carry their own copy of the class. */
export const isAriaError = (e: unknown): e is AnyAriaError => e instanceof Error && e.name === "AriaError";

/** Adding an error code does not compile until it is given a status here. */
export const HTTP_STATUS = {
  NOT_FOUND: 404,
  INVALID: 400,
  CONFLICT: 409,
  BUSY: 429,
  UNAVAILABLE: 503,
  GENERATION_FAILED: 500,
  CANCELLED: 499,
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
} as const satisfies Record<ErrorCode, number>;

export const ERROR_CODES = Object.keys(HTTP_STATUS) as ErrorCode[];

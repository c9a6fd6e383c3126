import { type AnyAriaError, AriaError, isAriaError } from "#contracts/errors.ts";

/** An error as it passes between processes. */
export interface ToldError {
  /** Null: a bug, told in `message`. */
  readonly error: Pick<AnyAriaError, "code" | "facts"> | null;
  readonly message: string;
}

export function tell(error: unknown): ToldError {
  const known = isAriaError(error) ? { code: error.code, facts: error.facts } : null;
  return { error: known as ToldError["error"], message: String(error) };
}

export function errorFrom({ error, message }: ToldError): Error {
  // Code and facts were typed together where they were thrown.
  return error ? new AriaError(error.code, error.facts as never) : new Error(`a child failed: ${message}`);
}

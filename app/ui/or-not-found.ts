import { notFound } from "next/navigation";
import { isAriaError } from "#contracts/errors.ts";

/** What is not there has a page of its own; anything else is thrown on. */
export function orNotFound(error: unknown): never {
  if (isAriaError(error) && error.code === "NOT_FOUND") notFound();
  throw error;
}

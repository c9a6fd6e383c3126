import type { z } from "zod";
import { AriaError, isAriaError } from "#contracts/errors.ts";
import { invalidFrom } from "#contracts/invalid-from.ts";
import { readBytes } from "./read-bytes.ts";

/** A thousand artworks by their ids, and the longest prompt twice over. */
const MAX_BODY_BYTES = 64 * 1024;

/** A body in JSON, bounded, that fits the schema. Throws INVALID. */
export async function readJson<T extends z.ZodType>(request: Request, schema: T): Promise<z.infer<T>> {
  // A page of another origin can send a form's types without being asked for leave, but not this one.
  if (!/^application\/json\s*(;|$)/i.test(request.headers.get("content-type") ?? ""))
    throw new AriaError("INVALID", { field: "content-type", reason: "must be application/json" });
  let json: unknown;
  try {
    json = JSON.parse(await readText(request));
  } catch (cause) {
    if (isAriaError(cause)) throw cause;
    throw new AriaError("INVALID", { field: "body", reason: "must be JSON" }, { cause });
  }
  const parsed = schema.safeParse(json);
  if (!parsed.success) throw new AriaError("INVALID", invalidFrom(parsed.error));
  return parsed.data;
}

/** Throws INVALID for more than 64 KiB. */
async function readText(request: Request): Promise<string> {
  const bytes = await readBytes(request, MAX_BODY_BYTES);
  if (bytes) return bytes.toString("utf8");
  throw new AriaError("INVALID", { field: "body", reason: `must be at most ${MAX_BODY_BYTES} bytes` });
}

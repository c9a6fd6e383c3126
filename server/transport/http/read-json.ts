import type { z } from "zod";
import { AriaError, isAriaError } from "#contracts/errors.ts";
import { invalidFrom } from "#contracts/invalid-from.ts";

const MAX_BODY_BYTES = 64 * 1024;

/** Throws INVALID for another type than JSON, for more than 64 KiB, and for what the schema does not take. */
export async function readJson<T>(request: Request, schema: z.ZodType<T>): Promise<T> {
  // A page of another origin can send a form's types without being asked for leave, but not this one.
  if (!request.headers.get("content-type")?.startsWith("application/json"))
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
export async function readText({ body }: Request): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body ?? []) {
    bytes += chunk.length;
    if (bytes > MAX_BODY_BYTES)
      throw new AriaError("INVALID", { field: "body", reason: `must be at most ${MAX_BODY_BYTES} bytes` });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

import { createHmac, timingSafeEqual } from "node:crypto";
import { Pass } from "#contracts/people.ts";
import { type Caller, VISITOR } from "#server/domain/access/caller.ts";

/** A request takes no longer to come from proxy.ts to whoever answers it. */
const TTL_MS = 60_000;

/** Set by proxy.ts on every request; whatever came in under it is overwritten there. */
export const PASS_HEADER = "x-aria-pass";

const sign = (secret: string, body: string): Buffer => createHmac("sha256", secret).update(`pass.${body}`).digest();

/** Who was let in, as proxy.ts found: `<JSON, base64url>.<HMAC-SHA256, base64url>`. */
export function signPass(secret: string, caller: Caller, now: Date): string {
  const body = Buffer.from(JSON.stringify({ ...caller, until: now.getTime() + TTL_MS })).toString("base64url");
  return `${body}.${sign(secret, body).toString("base64url")}`;
}

/** A visitor where there is no pass, or none that holds: a request that came around proxy.ts gets nothing by it. */
export function readPass(secret: string, pass: string | null | undefined, now: Date): Caller {
  const [body = "", mark = ""] = (pass ?? "").split(".");
  const told = Buffer.from(mark, "base64url");
  const wanted = sign(secret, body);
  if (told.length !== wanted.length || !timingSafeEqual(told, wanted)) return VISITOR;
  const { until, ...caller } = Pass.parse(JSON.parse(Buffer.from(body, "base64url").toString()));
  return until < now.getTime() ? VISITOR : caller;
}

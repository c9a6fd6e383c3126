import { z } from "zod";
import { AriaError } from "#contracts/errors.ts";
import type { Tries } from "#server/ports.ts";
import { answer } from "./answer.ts";
import { readJson } from "./read-json.ts";

interface Deps {
  readonly authenticator: { handle(request: Request): Promise<Response> };
  readonly tries: Tries;
}

const UNAUTHORIZED = 401;

/** The one path where a password is taken. */
const PASSWORDS = "/api/auth/sign-in/email";
/** What is longer is nobody's (RFC 3696, erratum 1690), and what has no password is no attempt: neither is worth a count. */
const Attempt = z.looseObject({ email: z.string().max(254), password: z.string() });
const accountOf = (url: string, body: unknown): string | null =>
  new URL(url).pathname === PASSWORDS ? (Attempt.safeParse(body).data?.email.trim().toLowerCase() ?? null) : null;

/**
 * `/api/auth/*` with a bounded body in JSON, of which better-auth sees what was read here. Of one account ten passwords are tried
 * in a quarter of an hour, wherever from: an address is easily another.
 */
export function makeSignIn({ authenticator, tries }: Deps) {
  return (request: Request): Promise<Response> =>
    answer(async () => {
      const { url, headers, method } = request;
      if (method !== "POST") return authenticator.handle(request);
      const isEmpty = Number(headers.get("content-length") ?? Number.NaN) === 0 || request.body === null;
      const body: unknown = isEmpty ? {} : await readJson(request, z.unknown());
      const account = accountOf(url, body);
      const waitMs = account === null ? null : await tries.take(account);
      if (waitMs !== null) throw new AriaError("BUSY", { retryAfterMs: waitMs });
      const told = { method, headers: asJson(headers), body: JSON.stringify(body) };
      const reply = await authenticator.handle(new Request(url, told));
      if (account !== null && reply.status !== UNAUTHORIZED) await tries.giveBack(account);
      return reply;
    });
}

function asJson(headers: Headers): Headers {
  const told = new Headers(headers);
  told.set("content-type", "application/json");
  told.delete("content-length");
  return told;
}

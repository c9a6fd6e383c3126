import { AriaError } from "#contracts/errors.ts";
import { answer } from "./answer.ts";
import { countTries, type Tries } from "./count-tries.ts";
import { readText } from "./read-json.ts";

interface Deps {
  readonly authenticator: { handle(request: Request): Promise<Response> };
  readonly now: () => Date;
  /** Counted in this process where nobody else counts them. */
  readonly tries?: Tries | undefined;
}

const UNAUTHORIZED = 401;

/** The account that a password is tried on; null where none is. */
function accountOf(request: Request, body: string): string | null {
  if (!new URL(request.url).pathname.endsWith("/sign-in/email")) return null;
  try {
    const { email } = JSON.parse(body) as { email?: unknown };
    return typeof email === "string" ? email.trim().toLowerCase() : null;
  } catch {
    return null;
  }
}

/**
 * `/api/auth/*` with a bounded body. Of one account ten passwords are tried in a quarter of an hour, wherever from: an address
 * is easily another.
 */
export function makeSignIn({ authenticator, now, tries = countTries(now) }: Deps) {
  return (request: Request): Promise<Response> =>
    answer(async () => {
      if (request.method !== "POST") return authenticator.handle(request);
      const body = await readText(request);
      const account = accountOf(request, body);
      const waitMs = account === null ? null : await tries.waitMs(account);
      if (waitMs !== null) throw new AriaError("BUSY", { retryAfterMs: waitMs });
      const { url, headers, method } = request;
      const reply = await authenticator.handle(new Request(url, { method, headers, body: body === "" ? null : body }));
      if (account !== null && reply.status === UNAUTHORIZED) await tries.wrong(account);
      return reply;
    });
}

/** Who a request is from: by a session's cookie, or by a key. Sign-in, sessions and passkeys are better-auth's. */
import { randomUUID } from "node:crypto";
import { passkey } from "@better-auth/passkey";
import { betterAuth } from "better-auth";
import { prismaAdapter } from "better-auth/adapters/prisma";
import { Role, Scope } from "#contracts/people.ts";
import { type Caller, VISITOR } from "#server/domain/access/caller.ts";
import type { Database } from "#server/infra/prisma/database.ts";
import { hashOfKey } from "#server/infra/prisma/people.ts";
import { scryptPasswords } from "#server/infra/secrets/passwords.ts";

const SESSION_S = 30 * 86_400;
const RENEW_AFTER_S = 86_400;
/** How exactly it is kept when a key was last used. */
const USED_WITHIN_MS = 60_000;
const TRIES = { window: 60, max: 10 };
const BASE_PATH = "/api/auth";
/**
 * All that better-auth answers to. Names, addresses and passwords are changed through `person.*`, which counts guesses at a
 * password and writes down who did what.
 */
const OPEN = new Set([
  "/get-session",
  "/sign-in/email",
  "/sign-out",
  "/passkey/generate-register-options",
  "/passkey/generate-authenticate-options",
  "/passkey/verify-registration",
  "/passkey/verify-authentication",
  "/passkey/list-user-passkeys",
  "/passkey/update-passkey",
  "/passkey/delete-passkey",
]);

interface Settings {
  readonly secret: string;
  /** By which others reach Aria; undefined where she has no name, and any leads to her. */
  readonly publicUrl: string | undefined;
}

export interface Authenticator {
  /** `/api/auth/*`: 404 for all but what pages ask for. */
  handle(request: Request): Promise<Response>;
  /** A visitor, where nothing proves more. */
  callerOf(headers: Headers): Promise<Caller>;
}

function auth(db: Database, { secret, publicUrl }: Settings) {
  const hosts = publicUrl ? [new URL(publicUrl).host, "localhost:*", "127.0.0.1:*"] : ["*"];
  return betterAuth({
    appName: "Aria",
    secret,
    basePath: BASE_PATH,
    baseURL: { allowedHosts: hosts, protocol: publicUrl?.startsWith("https:") ? "https" : "http" },
    database: prismaAdapter(db, { provider: "postgresql" }),
    logger: { level: "error" },
    telemetry: { enabled: false },
    user: {
      modelName: "person",
      additionalFields: {
        role: { type: "string", required: true, input: false },
        leftAt: { type: "date", required: false, input: false },
      },
    },
    session: { expiresIn: SESSION_S, updateAge: RENEW_AFTER_S },
    emailAndPassword: {
      enabled: true,
      // Whoever comes in is let in by an admin.
      disableSignUp: true,
      password: { hash: scryptPasswords.hash, verify: ({ hash, password }) => scryptPasswords.verify(password, hash) },
    },
    rateLimit: { enabled: true, customRules: { "/sign-in/email": TRIES, "/passkey/verify-authentication": TRIES } },
    advanced: { cookiePrefix: "aria", database: { generateId: () => randomUUID() } },
    plugins: [passkey({ rpName: "Aria" })],
  });
}

export function authenticator(db: Database, settings: Settings): Authenticator {
  const server = auth(db, settings);
  const byKey = async (key: string): Promise<Caller> => {
    const row = await db.apiKey.findUnique({
      where: { hash: hashOfKey(key), revokedAt: null },
      include: { person: true },
    });
    if (!row || row.person.leftAt) return VISITOR;
    const now = Date.now();
    if (now - (row.lastUsedAt?.getTime() ?? 0) > USED_WITHIN_MS)
      await db.apiKey.update({ where: { id: row.id }, data: { lastUsedAt: new Date(now) } });
    return { personId: row.personId, role: Role.parse(row.person.role), scopes: Scope.array().parse(row.scopes) };
  };
  const bySession = async (headers: Headers): Promise<Caller> => {
    const found = await server.api.getSession({ headers });
    if (!found) return VISITOR;
    // Read with the session: as it is now, and not as it was when they came in.
    const { id, role, leftAt } = found.user;
    return leftAt ? VISITOR : { personId: id, role: Role.parse(role), scopes: null };
  };
  return {
    async handle(request) {
      const { pathname } = new URL(request.url);
      const isOpen = pathname.startsWith(BASE_PATH) && OPEN.has(pathname.slice(BASE_PATH.length));
      return isOpen ? server.handler(request) : new Response(null, { status: 404 });
    },
    callerOf(headers) {
      const [, key] = /^Bearer (aria_[\w-]{43})$/.exec(headers.get("authorization") ?? "") ?? [];
      return key ? byKey(key) : bySession(headers);
    },
  };
}

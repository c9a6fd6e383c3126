/** Entry used by proxy.ts and the front: who a request is from, before anything of it is answered. */
import { isLoopback, isOwnName } from "#contracts/own-names.ts";
import type { Scope } from "#contracts/people.ts";
import { AT_HOME, type Caller, VISITOR } from "#server/domain/access/caller.ts";
import { type Env, readEnv } from "#server/env.ts";
import { type Authenticator, authenticator } from "#server/infra/auth/authenticator.ts";
import type { InferencePlaces } from "#server/infra/inference/inference-places.ts";
import { placesOf, socketPlace } from "#server/infra/inference/inference-ports.ts";
import { type RateLimits, rateLimits } from "#server/infra/limits/rate-limits.ts";
import { openDatabase } from "#server/infra/prisma/database.ts";
import { openRedis } from "#server/infra/redis/redis-client.ts";
import { networkOf } from "#server/transport/http/client-address.ts";
import { makeLetIn, type Weighed } from "#server/transport/http/let-in.ts";

interface Door {
  readonly env: Env;
  readonly limits: RateLimits;
  readonly authenticator: Authenticator;
  readonly places: InferencePlaces;
}

/** Each request of whoever has signed in looks up a row or two. */
const CONNECTIONS = 4;

/** Held by the process: Next bundles this file for proxy.ts and again for the front, and what one asks too often is counted once. */
const DOOR = Symbol.for("aria.door");
const held = globalThis as { [DOOR]?: Door };

/** Built on first use, for `next build` imports it. */
function open(): Door {
  if (held[DOOR]) return held[DOOR];
  const env = readEnv(process.env);
  const settings = { secret: env.TICKET_SECRET, publicUrl: env.PUBLIC_URL };
  held[DOOR] = {
    env,
    // While Redis is away each process counts for itself; boot's own connection tells the log.
    limits: rateLimits(env.REDIS_URL === undefined ? null : openRedis(env.REDIS_URL, () => {})),
    places: placesOf(env),
    authenticator: authenticator(openDatabase(env.DATABASE_URL, { max: CONNECTIONS }), settings),
  };
  return held[DOOR];
}

export const secret = (): string => open().env.TICKET_SECRET;
/** By which others reach Aria, where she has such a name. */
export const publicUrl = (): string | undefined => open().env.PUBLIC_URL;

/** Where what a browser says to the generation socket is passed on to. `socketId`: one that it has already. */
export const inferenceFor = (socketId: string | null): Promise<string> => socketPlace(open().places, socketId);

/** By her own name, from this machine, where she listens to nobody else. */
function isAtHome(headers: Headers, host: string): boolean {
  const cameBy = (headers.get("x-forwarded-for") ?? "").split(",").map((address) => address.trim());
  return (
    isLoopback(host) && isOwnName(headers.get("host")) && cameBy.every((address) => !address || isLoopback(address))
  );
}

/** Whether Aria answers to a name at all: listening to this machine alone, to her own and to her public one. */
function isKnownName(host: string | null, { ARIA_HOST, PUBLIC_URL }: Env): boolean {
  if (!isLoopback(ARIA_HOST) || isOwnName(host)) return true;
  return PUBLIC_URL !== undefined && host === new URL(PUBLIC_URL).host;
}

/** Null where she does not answer to the name. */
async function callerOf(headers: Headers): Promise<Caller | null> {
  const { env, authenticator } = open();
  if (!isKnownName(headers.get("host"), env)) return null;
  const proves = headers.has("authorization") || headers.has("cookie");
  if (isAtHome(headers, env.ARIA_HOST)) {
    // A key is asked for no more than it is good for, here as elsewhere.
    const byKey = headers.get("authorization")?.startsWith("Bearer aria_");
    return byKey ? authenticator.callerOf(headers) : AT_HOME;
  }
  return proves ? authenticator.callerOf(headers) : VISITOR;
}

/** The front has written down where it came from. */
const visitorOf = (headers: Headers): string => networkOf(headers.get("x-forwarded-for") ?? "unknown");

/** Milliseconds until whoever asks so often may ask again; null where they may now. Whoever sits at the machine always may. */
async function waitFor(caller: Caller, scope: Scope, { headers, calls }: Weighed): Promise<number | null> {
  if (caller === AT_HOME) return null;
  const { limits } = open();
  if (caller.personId === null) return limits.count("visit", visitorOf(headers), calls);
  return limits.count(scope === "read" ? "read" : "write", caller.personId, calls);
}

/** Of every request, before anything of it is answered. */
export const letIn = makeLetIn({ callerOf, waitFor });

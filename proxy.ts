import { type NextRequest, NextResponse } from "next/server";
import { NONCE_HEADER } from "#contracts/nonce.ts";
import { type Caller, wanting } from "#server/domain/access/caller.ts";
import { callerOf, inferenceFor, secret, waitFor } from "#server/door.ts";
import { contentPolicy } from "#server/transport/http/content-policy.ts";
import { needAt } from "#server/transport/http/doors.ts";
import { isForeignOrigin } from "#server/transport/http/is-foreign.ts";
import { refusal, tooOften } from "#server/transport/http/refusal.ts";
import { PASS_HEADER, signPass } from "#server/transport/passes.ts";

/**
 * Every request comes by here. Whoever sits at the machine that Aria listens on alone may do everything; anyone else signs in,
 * or sees what was shared. What the browser says to the generation socket is passed on to inference, wherever that runs.
 */
export async function proxy(request: NextRequest): Promise<Response> {
  const { pathname, search } = request.nextUrl;
  if (isFromElsewhere(request))
    return new NextResponse("A page of another origin may not ask for this.", { status: 403 });
  const caller = await callerOf(request.headers);
  if (!caller) return new NextResponse("Aria does not answer to this name.", { status: 403 });
  const need = needAt(request.method, pathname);
  const waitMs = await waitFor(caller, isCall(request) ? "write" : need.scope, request.headers);
  if (waitMs !== null) return tooOften(waitMs);
  const wants = wanting(caller, need);
  if (wants !== null) return turnAway(request, caller, wants);
  const headers = new Headers(request.headers);
  headers.set(PASS_HEADER, signPass(secret(), caller, new Date()));
  if (!pathname.startsWith("/socket.io")) return withPolicy(request, headers);
  const place = await inferenceFor(request.nextUrl.searchParams.get("sid"));
  return NextResponse.rewrite(new URL(`/socket.io/${search}`, place));
}

/** tRPC's own: each procedure asks for what it needs, but a mutation is a POST. */
const isCall = ({ method, nextUrl }: NextRequest): boolean =>
  method === "POST" && nextUrl.pathname.startsWith("/api/trpc/");

/** A browser says which page a request comes from; a page elsewhere may look at what is shared, and do nothing. */
const isFromElsewhere = ({ method, headers, nextUrl }: NextRequest): boolean =>
  (!/^(GET|HEAD)$/.test(method) || nextUrl.pathname.startsWith("/socket.io")) && isForeignOrigin(headers);

/** A page's visitor is led to where one signs in, and from there to the page. */
function turnAway(request: NextRequest, caller: Caller, wants: NonNullable<ReturnType<typeof wanting>>): Response {
  const { pathname, search } = request.nextUrl;
  const isPage = request.method === "GET" && request.headers.get("accept")?.includes("text/html");
  if (caller.role === "visitor" && isPage)
    return NextResponse.redirect(
      new URL(`/sign-in?${new URLSearchParams({ to: `${pathname}${search}` })}`, baseOf(request)),
    );
  if (isPage) return new NextResponse("There is nothing here.", { status: 404 });
  return refusal(caller, wants);
}

/** As the browser spells it: Next's own idea of the origin is where it listens. */
function baseOf({ headers, nextUrl }: NextRequest): string {
  const protocol = headers.get("x-forwarded-proto")?.split(",")[0] ?? nextUrl.protocol.slice(0, -1);
  return `${protocol}://${headers.get("host")}`;
}

/** Next reads the nonce for its own scripts from the request; `app/layout.tsx` takes it from there for ours. */
function withPolicy(request: NextRequest, headers: Headers): NextResponse {
  // The service worker fetches the page for times without a network as it fetches anything.
  const isPage = request.headers.get("accept")?.includes("text/html") || request.nextUrl.pathname === "/offline";
  if (!isPage) return NextResponse.next({ request: { headers } });
  const nonce = Buffer.from(crypto.randomUUID()).toString("base64");
  const policy = contentPolicy(nonce);
  headers.set("content-security-policy", policy);
  headers.set(NONCE_HEADER, nonce);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("content-security-policy", policy);
  return response;
}

export const config = { matcher: ["/((?!_next/).*)"] };

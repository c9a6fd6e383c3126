import { type NextRequest, NextResponse } from "next/server";
import { NONCE_HEADER } from "#contracts/nonce.ts";
import type { Caller, wanting } from "#server/domain/access/caller.ts";
import { letIn, publicUrl, secret } from "#server/door.ts";
import { askedOrigin } from "#server/transport/http/asked-origin.ts";
import { contentPolicy } from "#server/transport/http/content-policy.ts";
import { refusal } from "#server/transport/http/refusal.ts";
import { PASS_HEADER, signPass } from "#server/transport/passes.ts";

/** Every request comes by here, but for what the front answers before Next sees it (server/transport/http/front.ts). */
export async function proxy(request: NextRequest): Promise<Response> {
  const found = await letIn({ method: request.method, pathname: request.nextUrl.pathname, headers: request.headers });
  if ("refused" in found) return found.refused;
  const { caller, wants } = found;
  if (wants !== null) return turnAway(request, caller, wants);
  const headers = new Headers(request.headers);
  headers.set(PASS_HEADER, signPass(secret(), caller, new Date()));
  return withPolicy(request, headers);
}

/** A page's visitor is led to where one signs in, and from there to the page. */
function turnAway(request: NextRequest, caller: Caller, wants: NonNullable<ReturnType<typeof wanting>>): Response {
  const { pathname, search } = request.nextUrl;
  const isPage = request.method === "GET" && request.headers.get("accept")?.includes("text/html");
  if (caller.role === "visitor" && isPage)
    return NextResponse.redirect(
      new URL(
        `/sign-in?${new URLSearchParams({ to: `${pathname}${search}` })}`,
        askedOrigin(request.headers, publicUrl()),
      ),
    );
  if (isPage) return new NextResponse("There is nothing here.", { status: 404 });
  return refusal(caller, wants);
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

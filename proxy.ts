import { type NextRequest, NextResponse } from "next/server";
import { NONCE_HEADER } from "#contracts/nonce.ts";
import { isOwnName } from "#contracts/own-names.ts";
import { THUMB_NAME } from "#contracts/thumbnails.ts";
import { contentPolicy } from "#server/transport/http/content-policy.ts";

/** What whoever is sent a link may ask for, and nothing else: each answers for itself whether the link still holds. */
const SHARED = new RegExp(
  String.raw`^/(s/[\w-]{22}(/unlock|/opengraph-image[^/]*|/[0-9a-f-]{36}/${THUMB_NAME})?|oembed|icon\.svg|icons/[\w-]+\.png)$`,
);

/** Of no concern to others, by whatever name they came: what Prometheus reads on this machine. */
const OWN_ALONE = new Set(["/metrics"]);

/**
 * This machine may ask for everything. By the public name, where there is one, others see what was shared; by any other
 * name nobody is answered. What the browser says to the generation socket is passed on to inference, wherever that runs.
 */
export function proxy(request: NextRequest): NextResponse {
  const host = request.headers.get("host");
  const { pathname, search } = request.nextUrl;
  if (!isOwnName(host)) {
    const isPublic = process.env.PUBLIC_URL !== undefined && host === new URL(process.env.PUBLIC_URL).host;
    if (!isPublic) return new NextResponse("Aria answers to localhost alone.", { status: 403 });
    if (OWN_ALONE.has(pathname) || !SHARED.test(pathname))
      return new NextResponse("There is nothing here.", { status: 404 });
  }
  if (!pathname.startsWith("/socket.io")) return withPolicy(request);
  return NextResponse.rewrite(new URL(`/socket.io/${search}`, process.env.INFERENCE_URL));
}

/** Next reads the nonce for its own scripts from the request; `app/layout.tsx` takes it from there for ours. */
function withPolicy(request: NextRequest): NextResponse {
  // The service worker fetches the page for times without a network as it fetches anything.
  const isPage = request.headers.get("accept")?.includes("text/html") || request.nextUrl.pathname === "/offline";
  if (!isPage) return NextResponse.next();
  const nonce = Buffer.from(crypto.randomUUID()).toString("base64");
  const policy = contentPolicy(nonce);
  const headers = new Headers(request.headers);
  headers.set("content-security-policy", policy);
  headers.set(NONCE_HEADER, nonce);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("content-security-policy", policy);
  return response;
}

export const config = { matcher: ["/((?!_next/).*)"] };

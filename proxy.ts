import { type NextRequest, NextResponse } from "next/server";

/** Aria listens on this machine alone. Another name in the address is a page elsewhere that has been made to point here. */
const OWN_NAMES = new Set(["localhost", "127.0.0.1", "[::1]"]);

/** One origin for the browser: what it says to the generation socket is passed on to inference, wherever that runs. */
export function proxy(request: NextRequest): NextResponse {
  const { hostname } = new URL(`http://${request.headers.get("host") ?? "localhost"}`);
  if (!OWN_NAMES.has(hostname)) return new NextResponse("Aria answers to localhost alone.", { status: 403 });
  const { pathname, search } = request.nextUrl;
  if (!pathname.startsWith("/socket.io")) return NextResponse.next();
  return NextResponse.rewrite(new URL(`/socket.io/${search}`, process.env.INFERENCE_URL));
}

export const config = { matcher: ["/((?!_next/).*)"] };

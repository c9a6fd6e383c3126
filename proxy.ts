import { type NextRequest, NextResponse } from "next/server";
import { isOwnName } from "#contracts/own-names.ts";

/** One origin for the browser: what it says to the generation socket is passed on to inference, wherever that runs. */
export function proxy(request: NextRequest): NextResponse {
  if (!isOwnName(request.headers.get("host")))
    return new NextResponse("Aria answers to localhost alone.", { status: 403 });
  const { pathname, search } = request.nextUrl;
  if (!pathname.startsWith("/socket.io")) return NextResponse.next();
  return NextResponse.rewrite(new URL(`/socket.io/${search}`, process.env.INFERENCE_URL));
}

export const config = { matcher: ["/((?!_next/).*)"] };

import { type NextRequest, NextResponse } from "next/server";

/** One origin for the browser: what it says to the generation socket is passed on to inference, wherever that runs. */
export function proxy(request: NextRequest): NextResponse {
  const { search } = request.nextUrl;
  return NextResponse.rewrite(new URL(`/socket.io/${search}`, process.env.INFERENCE_URL));
}

export const config = { matcher: ["/socket.io", "/socket.io/"] };

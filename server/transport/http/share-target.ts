/** `POST /share-target`: what another app on the device shares with Aria becomes a theme, or a sketch, in the studio. */

import type { SketchReply } from "#contracts/order.ts";
import { MAX_PROMPT_CHARACTERS } from "#contracts/terms.ts";
import type { Container } from "#server/container.ts";
import { turnedAway } from "./answer.ts";
import { readForm } from "./read-bytes.ts";
import { MAX_SKETCH_BYTES, sketches } from "./sketches.ts";

/** Of what stands beside a picture. */
const MAX_WORDS_BYTES = 64 * 1024;
/** A share comes from the system, not from a page: another page may not put anything into the studio. */
const FOREIGN = new Set(["cross-site", "same-site"]);

export async function shareTarget(aria: Pick<Container, "keepSketch">, request: Request): Promise<Response> {
  if (FOREIGN.has(request.headers.get("sec-fetch-site") ?? "")) return turnedAway("FOREIGN", request.headers);
  const form = await readForm(request, MAX_SKETCH_BYTES + MAX_WORDS_BYTES);
  if (!form) return turnedAway("TOO_LARGE", request.headers);
  const text = ["title", "text"].flatMap((name) => form.get(name) ?? []).filter((part) => typeof part === "string");
  const theme = [...new Set(text.map((part) => part.trim()))]
    .filter(Boolean)
    .join(", ")
    .slice(0, MAX_PROMPT_CHARACTERS);
  const picture = form.get("picture");
  const query = new URLSearchParams(theme ? { theme } : {});
  if (picture instanceof File && picture.size > 0) {
    const headers = { "content-type": picture.type };
    const kept = await sketches(aria, new Request(request.url, { method: "POST", body: picture, headers }));
    if (kept.ok) query.set("sketch", ((await kept.json()) as SketchReply).sha256);
    else query.set("refused", "picture");
  }
  return new Response(null, { status: 303, headers: { location: query.size > 0 ? `/?${query}` : "/" } });
}

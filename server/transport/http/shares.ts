/** What whoever follows a share link is given: pictures by the link's own address, and the way past its password. */
import { createHmac, timingSafeEqual } from "node:crypto";
import type { z } from "zod";
import { ArtworkId } from "#contracts/artwork.ts";
import { type OembedReply, type Opened, type OpenShare, ShareSlug } from "#contracts/shares.ts";
import { THUMB_WIDTHS_PX } from "#contracts/thumbnails.ts";
import type { Container } from "#server/container.ts";
import type { ShareRow, Tries } from "#server/ports.ts";
import { failed, turnedAway } from "./answer.ts";
import { readForm } from "./read-bytes.ts";

type Aria = Pick<Container, "openShare" | "findShared" | "unlockShare">;
type ServeImage = (request: Request, sha256: string, thumb?: string) => Promise<Response>;

interface Deps {
  readonly aria: Aria;
  readonly secret: string;
  readonly serveImage: ServeImage;
  readonly tries: Tries;
}

/** Told alike of all that leads nowhere: over, revoked, locked, of another artwork, or never there. */
export const nothingShared = (request?: Pick<Request, "headers">): Response =>
  failed({ code: "NOT_FOUND", message: "There is nothing here." }, request?.headers);

/** Short, because a link can be revoked. */
const CACHE_CONTROL = "private, max-age=300";
const UNLOCKED_S = 86_400;
/** A password, and what a browser adds to it. */
const MAX_FORM_BYTES = 16 * 1024;

export const keyCookieOf = (slug: string): string => `share-${slug}`;

/** Another password is another key. */
const keyOf = (secret: string, { slug, passwordHash }: ShareRow): Buffer =>
  createHmac("sha256", secret).update(`share ${slug} ${passwordHash}`).digest();

export function makeShares({ aria, secret, serveImage, tries }: Deps) {
  /** `key`: what the cookie of this link holds. */
  const unlockedBy = (key: string | undefined) => (row: ShareRow) => {
    const [wanted, told] = [keyOf(secret, row), Buffer.from(key ?? "", "base64url")];
    return wanted.length === told.length && timingSafeEqual(wanted, told);
  };

  async function open(slug: string, key: string | undefined): Promise<Opened | null> {
    const known = ShareSlug.safeParse(slug);
    return known.success ? aria.openShare(known.data, unlockedBy(key)) : null;
  }

  async function artworkOf(slug: string, id: string, key: string | undefined) {
    const [link, artwork] = [ShareSlug.safeParse(slug), ArtworkId.safeParse(id)];
    return link.success && artwork.success ? aria.findShared(link.data, artwork.data, unlockedBy(key)) : null;
  }

  return {
    open,

    /** Thumbnails alone: the original has the prompt written in it. */
    async picture(request: Request, at: { slug: string; id: string; thumb: string }): Promise<Response> {
      const artwork = await artworkOf(at.slug, at.id, cookieIn(request, keyCookieOf(at.slug)));
      if (!artwork) return nothingShared(request);
      const reply = await serveImage(request, artwork.sha256, at.thumb);
      if (!reply.ok) return nothingShared(request);
      reply.headers.set("cache-control", CACHE_CONTROL);
      return reply;
    },

    /** A form's post: back to the page, with the key where the password was right. */
    async unlock(request: Request, slug: string): Promise<Response> {
      const back = (query: string) => new Response(null, { status: 303, headers: { location: `/s/${slug}${query}` } });
      const known = ShareSlug.safeParse(slug);
      if (!known.success) return nothingShared(request);
      // Of a link that is not there, there is nothing to guess.
      const isLocked = (await open(slug, undefined))?.state === "locked";
      if (isLocked && (await tries.take(slug)) !== null) return back("?refused=often");
      const password = (await readForm(request, MAX_FORM_BYTES))?.get("password");
      const row = typeof password === "string" ? await aria.unlockShare(known.data, password) : null;
      if (!row) return back("?refused=wrong");
      if (isLocked) await tries.giveBack(slug);
      const reply = back("");
      const key = keyOf(secret, row).toString("base64url");
      const cookie = `${keyCookieOf(slug)}=${key}; Path=/s/${slug}; Max-Age=${UNLOCKED_S}; HttpOnly; SameSite=Lax`;
      reply.headers.set("set-cookie", cookie);
      return reply;
    },

    /** oembed.com, version 1.0: a photo. Only for a link that needs no password. */
    async oembed(request: Request, publicOrigin: string): Promise<Response> {
      const { searchParams } = new URL(request.url);
      const asked = searchParams.get("url") ?? "";
      if ((searchParams.get("format") ?? "json") !== "json") return turnedAway("OTHER_FORMAT", request.headers);
      const slug = URL.canParse(asked) ? new URL(asked).pathname.split("/")[2] : undefined;
      const share = await open(slug ?? "", undefined);
      const artwork = share?.state === "open" ? share.artworks[0] : undefined;
      if (share?.state !== "open" || !artwork) return nothingShared(request);
      return Response.json(embedOf(share, artwork, { publicOrigin, maxWidth: Number(searchParams.get("maxwidth")) }));
    },
  };
}

function embedOf(
  share: OpenShare,
  { id, widthPx, heightPx, artist }: OpenShare["artworks"][number],
  { publicOrigin, maxWidth }: { publicOrigin: string; maxWidth: number },
) {
  const most = maxWidth || Number.POSITIVE_INFINITY;
  const thumb = THUMB_WIDTHS_PX.findLast((width) => width <= most) ?? THUMB_WIDTHS_PX[0];
  const width = Math.min(thumb, widthPx);
  return {
    version: "1.0",
    type: "photo",
    title: share.title,
    author_name: artist,
    provider_name: "Aria",
    provider_url: publicOrigin,
    url: `${publicOrigin}/s/${share.slug}/${id}/${thumb}.webp`,
    width,
    height: Math.round((width * heightPx) / widthPx),
  } satisfies z.infer<typeof OembedReply>;
}

function cookieIn(request: Request, name: string): string | undefined {
  const pairs = (request.headers.get("cookie") ?? "").split(";").map((pair) => pair.trim());
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
}

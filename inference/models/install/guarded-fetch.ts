/**
 * fetch that reaches the Hub and what it redirects to, and nothing on the owner's own network: every address a name
 * resolves to is looked at as the connection is made, on every redirect, so that a name cannot change in between.
 */
import { lookup as resolve } from "node:dns";
import type { LookupFunction } from "node:net";
import ipaddr from "ipaddr.js";
import { Agent, fetch as undiciFetch } from "undici";
import { refusal } from "./refusal.ts";

const MOST_REDIRECTS = 5;

export type Fetch = typeof fetch;

/** `hubUrl` itself may be anywhere: the owner chose it. */
export function guardedFetch(hubUrl: string): Fetch {
  const hub = new URL(hubUrl);
  const outside = new Agent({ connect: { lookup: publicOnly } });
  const anywhere = new Agent();
  return (async (input: string | URL | Request, init: RequestInit = {}) => {
    let url = new URL(input instanceof Request ? input.url : input);
    let headers = new Headers(init.headers);
    for (let hop = 0; hop <= MOST_REDIRECTS; hop++) {
      const isHub = url.origin === hub.origin;
      if (!isHub) refuseUrl(url);
      const dispatcher = isHub ? anywhere : outside;
      const response = await undiciFetch(url, {
        ...(init as object),
        headers: Object.fromEntries(headers),
        redirect: "manual",
        dispatcher,
      }).catch((error: unknown) => {
        throw (error as { cause?: unknown }).cause instanceof PrivateAddress ? privateRefusal(url) : error;
      });
      const location = response.headers.get("location");
      if (response.status < 300 || response.status > 399 || !location) return response as unknown as Response;
      await response.body?.cancel();
      const next = new URL(location, url);
      // A token is for the Hub alone.
      if (next.origin !== hub.origin) headers = withoutToken(headers);
      url = next;
    }
    throw refusal("source", `must answer within ${MOST_REDIRECTS} redirects`);
  }) as Fetch;
}

class PrivateAddress extends Error {}

const privateRefusal = (url: URL) => refusal("source", `must not redirect to a private address: ${url.host} is one`);

function refuseUrl(url: URL): void {
  if (url.protocol !== "https:")
    throw refusal("source", `must not redirect to ${url.protocol}//${url.host}: only https is followed`);
  const host = url.hostname.replace(/^\[|\]$/g, "");
  if (ipaddr.isValid(host) && !isPublic(host)) throw privateRefusal(url);
}

/** Where every public IPv6 address is (RFC 4291, 2.4). */
const GLOBAL_UNICAST = ipaddr.parseCIDR("2000::/3");

function isPublic(address: string): boolean {
  const known = ipaddr.process(address);
  return known.range() === "unicast" && (known.kind() === "ipv4" || known.match(GLOBAL_UNICAST));
}

const publicOnly: LookupFunction = (hostname, options, done) => {
  resolve(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return done(error, "", 0);
    const inside = addresses.find(({ address }) => !isPublic(address));
    if (inside) return done(new PrivateAddress(`${hostname} is ${inside.address}`), "", 0);
    if (options.all) return done(null, addresses);
    const [first] = addresses;
    done(null, first?.address ?? "", first?.family);
  });
};

function withoutToken(headers: Headers): Headers {
  const kept = new Headers(headers);
  kept.delete("authorization");
  return kept;
}

/**
 * Reaches what is outside, and nothing of the house's own network: an address is looked at as the connection to it is made, so
 * that a name cannot come to mean another in between. What inference/models/install/guarded-fetch.ts is to the Hub.
 */
import { type LookupAddress, type LookupAllOptions, lookup } from "node:dns";
import { Agent, type AgentOptions } from "node:https";
import { isIP, type LookupFunction } from "node:net";
import ipaddr from "ipaddr.js";

type Done = (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void;
type Resolve = (hostname: string, options: LookupAllOptions, done: Done) => void;

/** Where every public IPv6 address is (RFC 4291, 2.4). */
const GLOBAL_UNICAST = ipaddr.parseCIDR("2000::/3");

export function isOutside(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const known = ipaddr.process(address);
  return known.range() === "unicast" && (known.kind() === "ipv4" || known.match(GLOBAL_UNICAST));
}

class InsideAddress extends Error {
  readonly code = "INSIDE";
}

/** One address inside is enough to refuse the name. */
const outsideOnly =
  (resolve: Resolve): LookupFunction =>
  (hostname, options, done) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return done(error, "", 0);
      const inside = addresses.find(({ address }) => !isOutside(address));
      if (inside) return done(new InsideAddress(`${hostname} is ${inside.address}`), "", 0);
      if (options.all) return done(null, addresses);
      const [first] = addresses;
      done(null, first?.address ?? "", first?.family);
    });
  };

export class OutsideAgent extends Agent {
  constructor({ resolve = lookup, ...options }: Omit<AgentOptions, "lookup"> & { readonly resolve?: Resolve } = {}) {
    super({ ...options, lookup: outsideOnly(resolve) });
  }

  /** What is an address already is never looked up. */
  override createConnection(...[options, done]: Parameters<Agent["createConnection"]>) {
    const { host } = options;
    if (host && isIP(host) && !isOutside(host)) throw new InsideAddress(`${host} is inside`);
    return super.createConnection(options, done);
  }
}

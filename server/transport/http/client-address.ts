import type { IncomingMessage } from "node:http";
import { BlockList, isIP, isIPv6 } from "node:net";
import { isLoopback } from "#contracts/own-names.ts";

const FAMILIES = { 4: "ipv4", 6: "ipv6" } as const;
const MAPPED = /^::ffff:(?=\d+\.)/i;
/** What a proxy says instead of an address is nobody's, and least of all this machine's. */
const UNKNOWN = "unknown";

const familyOf = (address: string) => FAMILIES[isIP(address) as 4 | 6];

/** Of addresses and of subnets ("10.0.0.0/8"), with this machine's own. Throws where one of them is neither. */
export function proxyList(proxies: readonly string[]): BlockList {
  const list = new BlockList();
  for (const proxy of ["127.0.0.0/8", "::1/128", ...proxies]) {
    const [address = "", bits] = proxy.split("/");
    const family = familyOf(address);
    if (family === undefined) throw new Error(`${proxy} is no address`);
    if (bits === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(bits), family);
  }
  return list;
}

/**
 * Where a request came from: whoever spoke to this machine, and where that is a proxy of ours, whom it says it speaks for in
 * `X-Forwarded-For`, and so on. What a visitor writes there themselves stands before what a proxy adds, and is not believed. A chain
 * of proxies alone is one of them asking: the nearest that is not this machine.
 */
export function addressOf(
  { headers, socket }: Pick<IncomingMessage, "headers" | "socket">,
  proxies: BlockList,
): string {
  const said = [headers["x-forwarded-for"] ?? []].flat().join(",").split(",");
  const addresses = [...said.map((address) => address.trim()).filter(Boolean), socket.remoteAddress ?? UNKNOWN].map(
    (address) => address.replace(MAPPED, ""),
  );
  const isProxy = (address: string): boolean => {
    const family = familyOf(address);
    return family !== undefined && proxies.check(address, family);
  };
  const found =
    addresses.findLast((address) => !isProxy(address)) ??
    addresses.findLast((address) => !isLoopback(address)) ??
    addresses[0] ??
    UNKNOWN;
  return isIP(found) ? found : UNKNOWN;
}

/** Whom one address may belong to: of IPv6 everybody has 64 bits to themselves (RFC 6177). */
export function networkOf(address: string): string {
  if (!isIPv6(address)) return address;
  const [left = [], right = []] = address.split("::").map((part) => part.split(":").filter(Boolean));
  const groups = [...left, ...Array<string>(Math.max(0, 8 - left.length - right.length)).fill("0"), ...right];
  const network = groups.slice(0, 4).map((group) => Number.parseInt(group, 16).toString(16));
  return `${network.join(":")}::/64`;
}

const OWN = new Set(["localhost", "127.0.0.1", "[::1]"]);

/**
 * Whether a request's Host header names this machine. Where Aria listens on loopback alone, another name in the address is a
 * page elsewhere that has been made to point here.
 */
export function isOwnName(host: string | null | undefined): boolean {
  const address = `http://${host ?? ""}`;
  return URL.canParse(address) && OWN.has(new URL(address).hostname);
}

/** Whether an address to listen on, or to come from, is of this machine alone (RFC 1122, 3.2.1.3; RFC 4291, 2.5.3). */
export const isLoopback = (address: string): boolean =>
  /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?|::ffff:127(\.\d{1,3}){3})$/.test(address);

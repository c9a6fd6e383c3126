const LOOPBACK = new Set(["localhost", "127.0.0.1", "[::1]"]);

/**
 * Whether a request's Host header names this machine. Aria listens on loopback alone: another name in the address is a
 * page elsewhere that has been made to point here.
 */
export function isOwnName(host: string | null | undefined): boolean {
  const address = `http://${host ?? ""}`;
  return URL.canParse(address) && LOOPBACK.has(new URL(address).hostname);
}

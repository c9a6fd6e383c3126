const NOWHERE = "http://localhost";

/**
 * The origin that a request came by, as its caller spells it: Next's own idea of it is where it listens. By the public name it is
 * the public address, whatever a proxy says of how it was asked.
 */
export function askedOrigin(headers: Pick<Headers, "get">, publicUrl?: string): string {
  const host = headers.get("host") ?? "";
  if (publicUrl !== undefined && new URL(publicUrl).host === host) return publicUrl;
  const said = headers.get("x-forwarded-proto")?.split(",")[0]?.trim() ?? "";
  const asked = `${/^https?$/.test(said) ? said : "http"}://${host}`;
  return URL.canParse(asked) ? new URL(asked).origin : NOWHERE;
}

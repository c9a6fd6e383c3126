/** Whether a browser says that a page of another origin asks; one that says nothing is no page. */
export function isForeignOrigin(headers: Pick<Headers, "get">): boolean {
  const origin = headers.get("origin");
  return origin !== null && !(URL.canParse(origin) && new URL(origin).host === headers.get("host"));
}

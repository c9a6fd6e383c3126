import type { Container } from "#server/container.ts";

/** For Prometheus. */
export async function metrics(aria: Pick<Container, "readMetrics">): Promise<Response> {
  const { contentType, text } = await aria.readMetrics();
  return new Response(text, { headers: { "content-type": contentType, "cache-control": "no-store" } });
}

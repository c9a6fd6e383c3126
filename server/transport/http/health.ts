import type { Container } from "#server/container.ts";

/** Alive is being able to say so; whether she can paint is `ready`'s to tell. */
export const live = (): Response => Response.json({ status: "ok" });

/** 200 when a painting ordered now would be painted and kept, else 503; both name every check, and those that fail. */
export async function ready(aria: Container): Promise<Response> {
  const { ready: isReady, checks } = await aria.readHealth();
  const failing = checks.flatMap(({ name, ok }) => (ok ? [] : [name]));
  const body = { status: isReady ? "ready" : "not ready", failing, checks };
  return Response.json(body, { status: isReady ? 200 : 503, headers: { "cache-control": "no-store" } });
}

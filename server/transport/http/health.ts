import type { Container } from "#server/container.ts";

/** Alive is being able to say so; whether she can paint is `ready`'s to tell. */
export const live = (): Response => Response.json({ status: "ok" });

/**
 * 200 when a painting ordered now would be painted and kept, else 503; both name every check, and those that fail. A process that
 * is told to end says so, for requests to go to another.
 */
export async function ready(aria: Pick<Container, "readHealth">, isLeaving = false): Promise<Response> {
  const health = await aria.readHealth();
  const detail = isLeaving ? "This process is told to end." : "This process goes on.";
  const checks = [...health.checks, { name: "process", ok: !isLeaving, detail } as const];
  const isReady = health.ready && !isLeaving;
  const failing = checks.flatMap(({ name, ok }) => (ok ? [] : [name]));
  const body = { status: isReady ? "ready" : "not ready", failing, checks };
  return Response.json(body, { status: isReady ? 200 : 503, headers: { "cache-control": "no-store" } });
}

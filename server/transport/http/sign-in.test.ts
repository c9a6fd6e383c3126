import { expect, it } from "vitest";
import { makeSignIn } from "./sign-in.ts";

const PASSWORD = "the right one";
const handle = async (request: Request): Promise<Response> => {
  const { password } = (await request.json()) as { password?: string };
  return new Response(null, { status: password === PASSWORD ? 200 : 401 });
};
const post = (body: string, path = "/api/auth/sign-in/email") =>
  new Request(`http://localhost${path}`, { method: "POST", body, headers: { "content-type": "application/json" } });

it("lets ten wrong passwords be tried on an account, and no right one after them", async () => {
  const signIn = makeSignIn({ authenticator: { handle }, now: () => new Date() });
  const attempt = async (email: string, password: string) =>
    (await signIn(post(JSON.stringify({ email, password })))).status;
  expect(await attempt("ada@example.org", PASSWORD)).toBe(200);
  for (let i = 0; i < 10; i++) expect(await attempt(i % 2 ? "ada@example.org" : " ADA@example.org", "wrong")).toBe(401);
  expect(await attempt("ada@example.org", PASSWORD)).toBe(429);
  expect(await attempt("bea@example.org", PASSWORD)).toBe(200);
});

it("reads no more than 64 KiB", async () => {
  const signIn = makeSignIn({ authenticator: { handle }, now: () => new Date() });
  const reply = await signIn(post(JSON.stringify({ email: "x".repeat(70_000) })));
  expect(reply.status).toBe(400);
});

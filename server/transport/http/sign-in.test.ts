import { expect, it } from "vitest";
import { passwordTries } from "#server/infra/limits/rate-limits.ts";
import { makeSignIn } from "./sign-in.ts";

const PASSWORD = "the right one";
const handle = async (request: Request): Promise<Response> => {
  const { password } = (await request.json()) as { password?: string };
  return new Response(null, { status: password === PASSWORD ? 200 : 401 });
};
const post = (body: string, path = "/api/auth/sign-in/email") =>
  new Request(`http://localhost${path}`, { method: "POST", body, headers: { "content-type": "application/json" } });

it("lets ten wrong passwords be tried on an account, and no right one after them", async () => {
  const signIn = makeSignIn({ authenticator: { handle }, tries: passwordTries().signIn });
  const attempt = async (email: string, password: string) =>
    (await signIn(post(JSON.stringify({ email, password })))).status;
  expect(await attempt("ada@example.org", PASSWORD)).toBe(200);
  for (let i = 0; i < 10; i++) expect(await attempt(i % 2 ? "ada@example.org" : " ADA@example.org", "wrong")).toBe(401);
  expect(await attempt("ada@example.org", PASSWORD)).toBe(429);
  expect(await attempt("bea@example.org", PASSWORD)).toBe(200);
});

it("bug: passwords that were tried as a form, or behind a byte order mark, were counted by nobody", async () => {
  const signIn = makeSignIn({ authenticator: { handle }, tries: passwordTries().signIn });
  const form = new URLSearchParams({ email: "ada@example.org", password: PASSWORD });
  const asForm = new Request("http://localhost/api/auth/sign-in/email", { method: "POST", body: form });
  expect((await signIn(asForm)).status).toBe(400);
  expect((await signIn(post(`\ufeff${JSON.stringify({ email: "ada@example.org", password: PASSWORD })}`))).status).toBe(
    400,
  );
});

it("bug: whatever anybody called an account was counted for a quarter of an hour, though no password was tried on it", async () => {
  const counted: string[] = [];
  const take = async (name: string) => {
    counted.push(name);
    return null;
  };
  const tries = { ...passwordTries().signIn, take };
  const signIn = makeSignIn({ authenticator: { handle }, tries });
  const said = { email: "ada@example.org", password: "wrong" };
  await signIn(post(JSON.stringify(said), "/api/auth/sign-out"));
  await signIn(post(JSON.stringify({ email: said.email })));
  await signIn(post(JSON.stringify({ ...said, email: "x".repeat(255) })));
  expect(counted).toEqual([]);
  await signIn(post(JSON.stringify(said)));
  expect(counted).toEqual(["ada@example.org"]);
});

it("bug: passwords that were tried at once were more than ten", async () => {
  const signIn = makeSignIn({ authenticator: { handle }, tries: passwordTries().signIn });
  const wrong = JSON.stringify({ email: "ada@example.org", password: "wrong" });
  const replies = await Promise.all(Array.from({ length: 30 }, () => signIn(post(wrong))));
  expect(replies.filter(({ status }) => status === 401)).toHaveLength(10);
  expect(replies.filter(({ status }) => status === 429)).toHaveLength(20);
});

it("passes on what has no body, as signing out has none", async () => {
  const signIn = makeSignIn({
    authenticator: { handle: async (asked) => new Response(await asked.text()) },
    tries: passwordTries().signIn,
  });
  const reply = await signIn(new Request("http://localhost/api/auth/sign-out", { method: "POST" }));
  expect([reply.status, await reply.text()]).toEqual([200, "{}"]);
});

it("reads no more than 64 KiB", async () => {
  const signIn = makeSignIn({ authenticator: { handle }, tries: passwordTries().signIn });
  const reply = await signIn(post(JSON.stringify({ email: "x".repeat(70_000) })));
  expect(reply.status).toBe(400);
});

import type { APIRequestContext, APIResponse } from "@playwright/test";
import { DOORS } from "#server/transport/http/doors.ts";
import { appRouter } from "#server/transport/trpc/app-router.ts";
import { expect, test } from "./aria.ts";

const MEMBER = { name: "Mia", email: "mia@example.org", password: "a password of Mia's" };

interface Procedure {
  readonly _def: {
    readonly type: "query" | "mutation";
    readonly meta: { readonly role: "member" | "admin"; readonly isInPerson?: true };
  };
}
const PROCEDURES = Object.entries(appRouter._def.procedures as unknown as Record<string, Procedure>);

const call = (request: APIRequestContext, url: string, path: string, input: unknown, headers = {}) =>
  request.post(`${url}/api/trpc/${path}`, { data: { json: input }, headers });

async function resultOf(reply: APIResponse): Promise<string> {
  expect(reply.status()).toBe(200);
  return (await reply.json()).result.data.json;
}

test("every procedure and every address, by every role and every key: nothing leaks", async ({
  aria,
  playwright,
  request,
}) => {
  const { host, origin } = new URL(aria.publicUrl);
  const away = { host, origin };
  await resultOf(await call(request, aria.url, "person.create", MEMBER));
  // Apart, for a cookie that came once is sent ever after.
  const apart = await playwright.request.newContext();
  const entered = await apart.post(`${aria.url}/api/auth/sign-in/email`, { data: MEMBER, headers: away });
  expect(entered.status()).toBe(200);
  const [cookie = ""] = (entered.headers()["set-cookie"] ?? "").split(";");
  const keyOf = async (scope: string, of: Record<string, string> = {}): Promise<string> =>
    resultOf(await call(request, aria.url, "person.createKey", { name: scope, scopes: [scope] }, of));
  const asMember = { ...away, cookie };
  const bearing = (key: string) => ({ ...away, authorization: `Bearer ${key}` });
  const callers: Record<string, { headers: Record<string, string>; role: string; scope: string }> = {
    nobody: { headers: away, role: "visitor", scope: "admin" },
    forger: {
      headers: { ...away, "x-aria-pass": "e30.e30", cookie: "aria.session_token=forged" },
      role: "visitor",
      scope: "admin",
    },
    "a wrong key": { headers: bearing(`aria_${"A".repeat(43)}`), role: "visitor", scope: "admin" },
    "a member": { headers: asMember, role: "member", scope: "admin" },
    "a member's key to look": { headers: bearing(await keyOf("read", asMember)), role: "member", scope: "read" },
    "a member's key for everything": {
      headers: bearing(await keyOf("admin", asMember)),
      role: "member",
      scope: "admin",
    },
    "an admin's key to change": { headers: bearing(await keyOf("write")), role: "admin", scope: "write" },
    "an admin's key": { headers: bearing(await keyOf("admin")), role: "admin", scope: "admin" },
  };
  const ranks = { visitor: 0, member: 1, admin: 2, read: 0, write: 1 } as Record<string, number>;
  const scopeOf = (procedure: Procedure) =>
    procedure._def.meta.role === "admin" ? "admin" : procedure._def.type === "query" ? "read" : "write";
  const wrong: string[] = [];
  for (const [who, { headers, role, scope }] of Object.entries(callers)) {
    for (const [path, procedure] of PROCEDURES) {
      // Whoever may is told that this does not fit, or that there is nothing; but for what asks for nothing.
      const reply =
        procedure._def.type === "query"
          ? await request.get(`${aria.url}/api/trpc/${path}?input=${encodeURIComponent('{"json":7}')}`, {
              headers,
            })
          : await request.post(`${aria.url}/api/trpc/${path}`, { data: { json: 7 }, headers });
      const byKey = headers.authorization !== undefined;
      const may =
        ranks[role]! >= ranks[procedure._def.meta.role]! &&
        ranks[scope]! >= ranks[scopeOf(procedure)]! &&
        !(byKey && procedure._def.meta.isInPerson);
      const refused = [401, 403].includes(reply.status());
      const code = role === "visitor" ? 401 : 403;
      if (may === refused || (refused && reply.status() !== code)) wrong.push(`${who} at ${path}: ${reply.status()}`);
    }
    for (const path of [
      "/",
      "/gallery",
      "/people",
      `/images/${"0".repeat(64)}`,
      "/v1/models",
      "/socket.io/?EIO=4&transport=polling",
    ]) {
      const reply = await request.get(`${aria.url}${path}`, { headers, maxRedirects: 0 });
      if ((role === "visitor") !== (reply.status() === 401)) wrong.push(`${who} at ${path}: ${reply.status()}`);
    }
    const looked = await request.get(`${aria.url}/admin`, { headers, maxRedirects: 0 });
    if ((role === "admin") !== (looked.status() === 200)) wrong.push(`${who} at /admin: ${looked.status()}`);
    const posted = await request.post(`${aria.url}/v1/images/generations`, { data: { no: 1 }, headers });
    const mayPaint = role !== "visitor" && scope !== "read";
    if (posted.status() !== (mayPaint ? 400 : role === "visitor" ? 401 : 403))
      wrong.push(`${who} paints: ${posted.status()}`);
  }
  expect(wrong).toEqual([]);
  expect(PROCEDURES.length * Object.keys(callers).length).toBeGreaterThan(400);
  expect(DOORS.filter(({ role }) => role === "visitor")).toHaveLength(7);
  const list = await call(request, aria.url, "person.list", null);
  expect(list.status()).toBe(405);
});

test("a page elsewhere can do nothing with whoever has signed in, or sits at the machine", async ({
  aria,
  request,
}) => {
  for (const headers of [{ origin: "http://evil.example" }, { origin: "null" }]) {
    const posts = [
      "/api/trpc/order.setPaused",
      "/v1/images/generations",
      "/exports",
      "/sketches",
      "/share-target",
      "/api/auth/sign-out",
    ];
    for (const path of posts) {
      const reply = await request.post(`${aria.url}${path}`, { data: { json: true }, headers });
      expect(reply.status(), path).toBe(403);
    }
    const socket = await request.get(`${aria.url}/socket.io/?EIO=4&transport=polling`, { headers });
    expect(socket.status()).toBe(403);
  }
  // Forwarded by a proxy that says so, a request is not from this machine, whatever it calls itself.
  const forwarded = await request.get(`${aria.url}/api/trpc/person.self`, {
    headers: { "x-forwarded-for": "203.0.113.9" },
  });
  expect(forwarded.status()).toBe(401);
});

import { request as ask } from "node:http";
import type { APIRequestContext } from "@playwright/test";
import type { Role, Scope } from "#contracts/people.ts";
import { appRouter } from "#server/transport/trpc/app-router.ts";
import { type Address, APP, FRONT, PUBLIC } from "#tests/addresses.ts";
import { expect, test } from "./aria.ts";
import { enter, fromElsewhere } from "./enter.ts";

const RANKS = { visitor: 0, member: 1, admin: 2 } as const satisfies Record<Role, number>;
const REACHES = { read: 0, write: 1, admin: 2 } as const satisfies Record<Scope, number>;

interface Procedure {
  readonly _def: {
    readonly type: "query" | "mutation";
    readonly meta: { readonly role: "member" | "admin"; readonly isInPerson?: true };
  };
}
const PROCEDURES = Object.entries(appRouter._def.procedures as unknown as Record<string, Procedure>);

interface Caller {
  readonly headers: Readonly<Record<string, string>>;
  readonly role: Role;
  /** A key's; a session is good for all. */
  readonly scope: Scope;
}

/** Everybody there is: nobody, two who claim to be somebody, a member and an admin with their keys, and the owner at the machine. */
async function callersOf(doorway: Parameters<typeof enter>[0]): Promise<Readonly<Record<string, Caller>>> {
  const { aria, request } = doorway;
  const away = () => fromElsewhere(aria);
  const bearing = (key: string) => ({ ...away(), authorization: `Bearer ${key}` });
  const forged = { "x-aria-pass": "e30.e30", cookie: "aria.session_token=forged" };
  const callers: Record<string, Caller> = {
    nobody: { headers: away(), role: "visitor", scope: "admin" },
    "a forger": { headers: { ...away(), ...forged }, role: "visitor", scope: "admin" },
    "a wrong key": { headers: bearing(`aria_${"A".repeat(43)}`), role: "visitor", scope: "admin" },
    "the owner": { headers: {}, role: "admin", scope: "admin" },
  };
  for (const role of ["member", "admin"] as const) {
    const headers = await enter(doorway, { name: `${role} of all rights`, role });
    callers[role] = { headers, role, scope: "admin" };
    for (const scope of ["read", "write", "admin"] as const) {
      const data = { json: { name: scope, scopes: [scope] } };
      const made = await request.post(`${aria.url}/api/trpc/person.createKey`, { data, headers });
      expect(made.status()).toBe(200);
      const key = (await made.json()).result.data.json;
      callers[`${role}'s key to ${scope}`] = { headers: bearing(key), role, scope };
    }
  }
  return callers;
}

const may = (caller: Caller, role: Role, scope: Scope): boolean =>
  RANKS[caller.role] >= RANKS[role] && (role === "visitor" || REACHES[caller.scope] >= REACHES[scope]);
const refusalFor = ({ role }: Caller): number => (role === "visitor" ? 401 : 403);

test("every procedure, by every role and every key: nothing leaks", async ({ aria, playwright, request }) => {
  const wrong: string[] = [];
  const callers = await callersOf({ aria, playwright, request });
  for (const [who, caller] of Object.entries(callers)) {
    const { headers } = caller;
    for (const [path, { _def }] of PROCEDURES) {
      const { role, isInPerson } = _def.meta;
      const isQuery = _def.type === "query";
      const url = `${aria.url}/api/trpc/${path}`;
      // Whoever may is told that this does not fit, or that there is nothing; but for what asks for nothing.
      const reply = isQuery
        ? await request.get(`${url}?input=${encodeURIComponent('{"json":7}')}`, { headers })
        : await request.post(url, { data: { json: 7 }, headers });
      const scope = role === "admin" ? "admin" : isQuery ? "read" : "write";
      const mayCall = may(caller, role, scope) && !(headers.authorization !== undefined && isInPerson);
      const status = reply.status();
      if (mayCall ? [401, 403, 429].includes(status) : status !== refusalFor(caller))
        wrong.push(`${who} at ${path}: ${status}`);
    }
  }
  expect(wrong).toEqual([]);
  expect(PROCEDURES.length * Object.keys(callers).length).toBeGreaterThan(1_000);
});

/**
 * Who each address is for, with which key, and what they are answered: of nothing that is there, and to what does not fit. By hand,
 * for what doors.ts says is what is tried here.
 */
const ANSWERS: Readonly<Record<string, readonly [Role, Scope, number]>> = {
  "GET /manifest.webmanifest": ["visitor", "read", 200],
  "GET /icon.svg": ["visitor", "read", 200],
  "GET /icons/apple-180.png": ["visitor", "read", 200],
  "GET /icons/badge-96.png": ["visitor", "read", 200],
  "GET /icons/icon-192.png": ["visitor", "read", 200],
  "GET /icons/icon-512.png": ["visitor", "read", 200],
  "GET /icons/maskable-512.png": ["visitor", "read", 200],
  "GET /screens/gallery-narrow.webp": ["visitor", "read", 200],
  "GET /screens/studio-wide.webp": ["visitor", "read", 200],
  "GET /sw.js": ["visitor", "read", 200],
  "GET /openapi.json": ["visitor", "read", 200],
  "GET /health/live": ["visitor", "read", 200],
  "GET /health/ready": ["visitor", "read", 200],
  "GET /sign-in": ["visitor", "read", 200],
  "GET /sign-in/claim": ["visitor", "read", 200],
  "POST /sign-in/claim": ["visitor", "read", 400],
  "GET /api/auth/[...all]": ["visitor", "read", 404],
  "POST /api/auth/[...all]": ["visitor", "read", 404],
  "GET /oembed": ["visitor", "read", 404],
  "GET /s/[slug]": ["visitor", "read", 404],
  "GET /s/[slug]/opengraph-image": ["visitor", "read", 404],
  "GET /s/[slug]/[id]/[thumb]": ["visitor", "read", 404],
  "POST /s/[slug]/unlock": ["visitor", "read", 303],

  "GET /": ["member", "read", 200],
  "GET /collections": ["member", "read", 200],
  "GET /duels": ["member", "read", 200],
  "GET /gallery": ["member", "read", 200],
  "GET /journal": ["member", "read", 200],
  "GET /mind": ["member", "read", 200],
  "GET /models": ["member", "read", 200],
  "GET /offline": ["member", "read", 200],
  "GET /people": ["member", "read", 200],
  "GET /series": ["member", "read", 200],
  "GET /settings": ["member", "read", 200],
  "GET /artworks/[id]": ["member", "read", 404],
  "GET /collections/[id]": ["member", "read", 404],
  "GET /series/[id]": ["member", "read", 404],
  "GET /gallery/alike": ["member", "read", 404],
  "GET /artworks/[id]/export": ["member", "read", 404],
  "GET /images/[sha]": ["member", "read", 404],
  "GET /images/[sha]/[thumb]": ["member", "read", 404],
  "GET /v1/models": ["member", "read", 200],
  "GET /sdapi/v1/options": ["member", "read", 200],
  "GET /sdapi/v1/progress": ["member", "read", 200],
  "GET /sdapi/v1/samplers": ["member", "read", 200],
  "GET /sdapi/v1/sd-models": ["member", "read", 200],
  "GET /api/trpc/[procedure]": ["member", "read", 200],
  // Each procedure asks for its own; this one is no POST's.
  "POST /api/trpc/[procedure]": ["member", "read", 405],
  "GET /socket.io/": ["member", "read", 200],
  "UPGRADE /socket.io/": ["member", "read", 101],

  "POST /exports": ["member", "write", 400],
  "POST /sketches": ["member", "write", 400],
  "POST /share-target": ["member", "write", 303],
  "POST /v1/images/generations": ["member", "write", 400],
  "POST /sdapi/v1/txt2img": ["member", "write", 400],
  "POST /sdapi/v1/interrupt": ["member", "write", 200],

  "GET /metrics": ["admin", "read", 200],
  "GET /admin": ["admin", "read", 200],
  "GET /flags": ["admin", "read", 200],
  "GET /nobody/knows": ["admin", "admin", 404],
  "POST /nobody/knows": ["admin", "admin", 404],
};

/** What is said to whoever would speak over a websocket. */
const upgrade = (url: string, headers: Readonly<Record<string, string>>) =>
  new Promise<number>((told, failed) => {
    const wanted = {
      connection: "Upgrade",
      upgrade: "websocket",
      "sec-websocket-version": "13",
      "sec-websocket-key": Buffer.alloc(16).toString("base64"),
    };
    const asked = ask(`${url}?EIO=4&transport=websocket`, { headers: { ...headers, ...wanted } });
    asked.on("upgrade", ({ statusCode = 0 }, socket) => {
      socket.destroy();
      told(statusCode);
    });
    asked.on("response", ({ statusCode = 0 }) => told(statusCode));
    asked.on("error", failed);
    asked.end();
  });

interface Try {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

async function statusAt(request: APIRequestContext, { method, path }: Address, { url, headers }: Try): Promise<number> {
  if (method === "UPGRADE") return upgrade(url + path, headers);
  const junk = method === "GET" ? {} : { data: { no: 1 } };
  const query = path.startsWith("/socket.io") ? "?EIO=4&transport=polling" : "";
  const reply = await request.fetch(url + path + query, { method, headers, maxRedirects: 0, ...junk });
  return reply.status();
}

const ADDRESSES: readonly Address[] = [
  ...APP,
  ...PUBLIC,
  ...FRONT,
  // What nobody classified.
  { name: "GET /nobody/knows", method: "GET", path: "/nobody/knows", isPage: false },
  { name: "POST /nobody/knows", method: "POST", path: "/nobody/knows", isPage: false },
];

test("knows of every address whom it is for", () => {
  expect(ADDRESSES.map(({ name }) => name).sort()).toEqual(Object.keys(ANSWERS).sort());
});

test("every address, by every role and every key: nothing leaks", async ({ aria, playwright, request }) => {
  const wrong: string[] = [];
  const callers = await callersOf({ aria, playwright, request });
  for (const [who, caller] of Object.entries(callers))
    for (const address of ADDRESSES) {
      const [role, scope, answer] = ANSWERS[address.name]!;
      const isLet = may(caller, role, scope);
      const at = { url: aria.url, headers: caller.headers };
      const status = await statusAt(request, address, at);
      if (status !== (isLet ? answer : refusalFor(caller))) wrong.push(`${who} at ${address.name}: ${status}`);
      if (isLet || address.method !== "GET" || FRONT.includes(address)) continue;
      // A person is led to where one signs in, or is told no more than that there is nothing.
      const headers = { ...at.headers, accept: "text/html" };
      const led = await statusAt(request, address, { ...at, headers });
      if (led !== (caller.role === "visitor" ? 307 : 404)) wrong.push(`${who} looks at ${address.name}: ${led}`);
    }
  expect(wrong).toEqual([]);
  expect(ADDRESSES.length * Object.keys(callers).length).toBeGreaterThan(500);
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

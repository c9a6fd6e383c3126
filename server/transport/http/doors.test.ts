import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { appRouter } from "#server/transport/trpc/app-router.ts";
import { APP, FRONT, PUBLIC } from "#tests/addresses.ts";
import { DOORS, needAt } from "./doors.ts";

const ADDRESSES = [...new Set([...APP, ...PUBLIC, ...FRONT].map(({ path }) => path))];

it.each(ADDRESSES)("%s is classified", (address) => {
  expect(ADDRESSES.length).toBeGreaterThan(40);
  expect(DOORS.filter(({ path }) => path.test(address))).toHaveLength(1);
});

/** In quotes, or as what is matched. */
const PATHS = /(["'`])\/[a-z_].*?\1|\/\^\\\/.*?\$\//g;

it("knows every address that the front answers itself", () => {
  const spelt = new Set(readFileSync("server/transport/http/front.ts", "utf8").match(PATHS));
  // What is new here belongs into FRONT, too, where each role tries it.
  expect([...spelt].sort()).toEqual([
    '"/api/trpc/"',
    '"/health/live"',
    '"/socket.io"',
    String.raw`/^\/socket\.io\/?$/`,
    // biome-ignore lint/suspicious/noTemplateCurlyInString: as it stands there
    "`/socket.io/${at.search}`",
  ]);
});

it("opens what nobody has classified to admins alone", () => {
  expect(needAt("GET", "/nobody/classified/this")).toEqual({ role: "admin", scope: "admin" });
});

it.each(["/", "/gallery", "/images/ab", "/api/trpc/order.place,person.list", "/socket.io/", "/v1/models", "/people"])(
  "%s is no visitor's",
  (address) => expect(needAt("GET", address).role).toBe("member"),
);

it.each(["/s/../gallery", "/s//gallery", "/icons/../images/ab", "/health/live/../../gallery", "/sign-in/../people"])(
  "%s slips through no visitor's door",
  (address) => expect(needAt("GET", address).role).not.toBe("visitor"),
);

it("shows how she is looked after to admins alone", () => {
  expect(needAt("GET", "/admin").role).toBe("admin");
});

it("asks a key that may only look for more where something is changed", () => {
  expect(needAt("POST", "/v1/images/generations").scope).toBe("write");
  expect(needAt("GET", "/v1/models").scope).toBe("read");
});

it("has a role for every procedure", () => {
  const procedures = Object.entries(
    appRouter._def.procedures as unknown as Record<string, { _def: { meta?: { role?: string } } }>,
  );
  expect(procedures.length).toBeGreaterThan(50);
  expect(procedures.filter(([, { _def }]) => !/^(member|admin)$/.test(_def.meta?.role ?? ""))).toEqual([]);
});

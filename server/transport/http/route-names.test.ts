import { expect, it } from "vitest";
import { appRouter } from "#server/transport/trpc/app-router.ts";
import { APP, FRONT } from "#tests/addresses.ts";
import { makeRouteOf } from "./route-names.ts";

const routeOf = makeRouteOf(new Set(Object.keys(appRouter._def.procedures)));

const ID = "0f8fad5b-d9cb-469f-a165-70867728950e";
const SHA = "a".repeat(64);

const addresses = [...APP, ...FRONT].map(({ path }) => path);

it("knows every address that Aria answers", () => {
  expect(addresses.length).toBeGreaterThan(25);
  expect(addresses.filter((address) => routeOf(address) === "other")).toEqual([]);
});

it("keeps them few: whatever is in an address, and what nobody answers, is one of a kind", () => {
  expect(routeOf(`/artworks/${ID}`)).toBe("/artworks/:id");
  expect(routeOf(`/images/${SHA}/640.webp`)).toBe("/images/:sha/:thumb");
  expect(routeOf("/api/trpc/order.place")).toBe("/api/trpc/order.place");
  expect(routeOf("/api/trpc/order.place,order.byId")).toBe("/api/trpc/batch");
  for (const unknown of [
    "/api/trpc/order.nobody",
    "/api/trpc/order.place,x",
    "/wp-admin",
    "/artworks/../etc",
    "/images/x",
  ])
    expect(routeOf(unknown)).toBe("other");
});

import { readdirSync } from "node:fs";
import fc from "fast-check";
import { expect, it } from "vitest";
import { createContainer } from "#server/container.ts";
import type { ShareRepo } from "#server/ports.ts";
import { doorsIn, faultFinder, type OpenApi, requestsTo } from "#tests/described-doors.ts";
import { fakePorts } from "#tests/fakes.ts";
import { claim } from "./claim.ts";
import * as exports from "./exports.ts";
import * as health from "./health.ts";
import { imagesGenerations, listModels } from "./images-generations.ts";
import { metrics } from "./metrics.ts";
import { openApiDocument, openApiReply } from "./openapi.ts";
import * as sdapi from "./sdapi.ts";
import { makeServeImage } from "./serve-image.ts";
import { shareTarget } from "./share-target.ts";
import { makeShares } from "./shares.ts";
import { sketches } from "./sketches.ts";

// As a client reads it.
const document = JSON.parse(JSON.stringify(openApiDocument())) as OpenApi;
const doors = doorsIn(document);
const faultIn = faultFinder(document);

/** Nobody shared anything, and orders are painted as soon as they are placed. */
const ports = fakePorts({ shares: { get: async () => null } as Partial<ShareRepo> as ShareRepo });
const container = createContainer(ports);
const never = new AbortController().signal;
const aria = {
  ...container,
  placeOrder: async (input: Parameters<typeof container.placeOrder>[0]) => {
    const order = await container.placeOrder(input);
    await container.paintOrder(order.id, never);
    return (await container.orders.get(order.id))!;
  },
};
const serveImage = makeServeImage({ blobs: ports.blobs, thumbsDir: "/nonexistent" });
const shares = makeShares({ aria, secret: "s".repeat(32), serveImage, tries: ports.tries.share });

type Params = Readonly<Record<string, string>>;
const DOORS: Readonly<Record<string, (request: Request, params: Params) => Promise<Response> | Response>> = {
  "POST /v1/images/generations": (request) => imagesGenerations(aria, request),
  "GET /v1/models": () => listModels(aria),
  "POST /sdapi/v1/txt2img": (request) => sdapi.txt2img(aria, request),
  "GET /sdapi/v1/progress": (request) => sdapi.progress(aria, request),
  "POST /sdapi/v1/interrupt": (request) => sdapi.interrupt(aria, request),
  "GET /sdapi/v1/samplers": () => sdapi.samplers(),
  "GET /sdapi/v1/sd-models": () => sdapi.sdModels(aria),
  "GET /sdapi/v1/options": () => sdapi.options(aria),
  "GET /images/{sha}": (request, { sha = "" }) => serveImage(request, sha),
  "GET /images/{sha}/{thumb}": (request, { sha = "", thumb = "" }) => serveImage(request, sha, thumb),
  "GET /artworks/{id}/export": (request, { id = "" }) => exports.exportOne(aria, request, id),
  "POST /exports": (request) => exports.exportMany(aria, request),
  "POST /sketches": (request) => sketches(aria, request),
  "GET /oembed": (request) => shares.oembed(request, "http://localhost"),
  "POST /s/{slug}/unlock": (request, { slug = "" }) => shares.unlock(request, slug),
  "GET /s/{slug}/{id}/{thumb}": (request, { slug = "", id = "", thumb = "" }) =>
    shares.picture(request, { slug, id, thumb }),
  "POST /share-target": (request) => shareTarget(aria, request),
  "GET /health/live": () => health.live(),
  "GET /health/ready": () => health.ready(aria),
  "GET /openapi.json": () => openApiReply(),
  "GET /metrics": () => metrics(aria),
  "GET /sign-in/claim": () => Response.json({ isClaimed: true }),
  "POST /sign-in/claim": (request) => claim(aria, { code: "the-code-of-tests", request }),
};

it("describes every REST door there is, and no other", () => {
  const routes = readdirSync("app", { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith("route.ts"))
    .map((file) => `/${file.replace(/\/route\.ts$/, "").replace(/\[(\w+)\]/g, "{$1}")}`);
  expect(routes.length).toBeGreaterThan(15);
  // better-auth's are its own; one is the front's.
  const own = [...routes.filter((route) => !route.startsWith("/api/auth/")), "/health/live"];
  expect(Object.keys(document.paths).sort()).toEqual(own.sort());
  expect(new Set(doors.map(({ operation }) => operation.operationId)).size).toBe(doors.length);
});

it("says of each door what it wants, and how it refuses whoever lacks it", () => {
  const of = (id: string) => doors.find(({ operation }) => operation.operationId === id)!.operation;
  const wants = (id: string) => of(id).security;
  expect(wants("listModels")).toEqual([{ key: ["member", "read"] }, { session: ["member"] }, {}]);
  expect(wants("generateImages")).toEqual([{ key: ["member", "write"] }, { session: ["member"] }, {}]);
  expect(wants("metrics")).toEqual([{ key: ["admin", "read"] }, { session: ["admin"] }, {}]);
  for (const id of ["oembed", "sharedPicture", "unlockShare", "ready", "claim", "openApi", "serviceWorker"])
    expect([id, wants(id)]).toEqual([id, []]);
  for (const { operation } of doors)
    for (const status of operation.security?.length ? [401, 403, 429] : [403, 429])
      expect(Object.keys(operation.responses[status]?.content ?? {})).toContain("application/problem+json");
  expect(Object.keys(of("ready").responses)).not.toContain("401");
  const busy = Object.keys(of("generateImages").responses[429]!.content!);
  expect(busy).toEqual(["application/json", "application/problem+json"]);
});

it("would be found out in a status, a type or a body that it does not name", async () => {
  const models = doors.find(({ path }) => path === "/v1/models")!;
  expect(await faultIn(models, Response.json({ object: "list", data: [] }))).toBeNull();
  const told = (status: number, type: string) => new Response("{}", { status, headers: { "content-type": type } });
  for (const wrong of [
    told(418, "application/problem+json"),
    told(401, "text/html"),
    told(401, "application/problem+json"),
    Response.json({ object: "list" }),
  ])
    expect(await faultIn(models, wrong)).toMatch(/^listModels says /);
});

it.each(doors.filter(({ path }) => path !== "/sw.js"))(
  "answers $method $path as the document says, whatever it is sent",
  async (door) => {
    const { path, method, operation } = door;
    const open = DOORS[`${method} ${path}`]!;
    const isChangeable = operation.parameters !== undefined || operation.requestBody !== undefined;
    const isPainted = path === "/v1/images/generations" || path === "/sdapi/v1/txt2img";
    const statuses = new Set<number>();
    await fc.assert(
      fc.asyncProperty(requestsTo(door, "http://localhost"), async ({ request, params }) => {
        const reply = await open(request, params);
        statuses.add(reply.status);
        expect(await faultIn(door, reply)).toBeNull();
      }),
      { seed: 7, numRuns: isPainted ? 120 : isChangeable ? 50 : 2 },
    );
    if (isPainted) expect([...statuses]).toEqual(expect.arrayContaining([200, 400]));
  },
  60_000,
);

import { readdirSync } from "node:fs";
import Ajv2020 from "ajv/dist/2020.js";
import fc from "fast-check";
import { beforeAll, expect, it } from "vitest";
import { createContainer } from "#server/container.ts";
import type { ShareRepo } from "#server/ports.ts";
import { fakePorts } from "#tests/fakes.ts";
import { nearly } from "#tests/json-arbitrary.ts";
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

interface Operation {
  readonly parameters?: readonly { readonly in: string; readonly name: string; readonly schema: object }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema?: object }>> };
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { readonly schema?: object }>> }>
  >;
}
// As a client reads it.
const document = JSON.parse(JSON.stringify(openApiDocument())) as {
  paths: Record<string, Partial<Record<"get" | "post", Operation>>>;
  components: object;
};
const operations = Object.entries(document.paths).flatMap(([path, item]) =>
  Object.entries(item).map(([method, operation]) => ({ path, method, operation })),
);

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
const shares = makeShares({ aria, secret: "s".repeat(32), serveImage, now: ports.now });

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

const ajv = new Ajv2020({ strict: false, validateFormats: false });
beforeAll(() => void ajv.addSchema({ $id: "aria", components: document.components }));
const checkOf = (schema: object) =>
  ajv.compile(JSON.parse(JSON.stringify(schema).replaceAll('"#/components', '"aria#/components')));

/** What the document says such an answer looks like, against what it does. */
async function check({ operation }: { operation: Operation }, reply: Response): Promise<void> {
  const said = operation.responses[reply.status];
  expect([reply.status, said !== undefined]).toEqual([reply.status, true]);
  const type = (reply.headers.get("content-type") ?? "").split(";")[0]!;
  if (!said?.content) return;
  expect(Object.keys(said.content)).toContain(type);
  const schema = said.content[type]?.schema;
  if (!schema || Object.keys(schema).length === 0) return;
  const isFit = checkOf(schema);
  const text = await reply.text();
  const bodies =
    type === "text/event-stream"
      ? [...text.matchAll(/^data: (.*)$/gm)].map(([, data]) => JSON.parse(data!))
      : [type.endsWith("json") ? JSON.parse(text) : text];
  for (const body of bodies) expect([body, isFit(body), isFit.errors]).toEqual([body, true, null]);
}

/** A request as the document describes it, or nearly so. */
function requests(path: string, method: string, { parameters = [], requestBody }: Operation) {
  const parts = fc.record(Object.fromEntries(parameters.map(({ name, schema }) => [name, nearly(schema)])), {
    requiredKeys: parameters.filter(({ in: where }) => where === "path").map(({ name }) => name),
  });
  const type = Object.keys(requestBody?.content ?? {})[0];
  const body = nearly(requestBody?.content[type ?? ""]?.schema ?? {});
  return fc.record({ parts, body, isPlain: fc.nat(9) }).map(({ parts: chosen, body: sent, isPlain }) => {
    const told = Object.entries(chosen).map(([name, value]) => [name, plain(value)] as const);
    const where = (name: string) => parameters.find((parameter) => parameter.name === name)?.in;
    const params = Object.fromEntries(told.filter(([name]) => where(name) === "path"));
    const query = new URLSearchParams(told.filter(([name]) => where(name) === "query").map(([n, v]) => [n, v]));
    const headers = new Headers(isPlain === 0 || !type ? {} : { "content-type": type });
    for (const [name, value] of told)
      if (where(name) === "header" && /^[\x20-\x7e]+$/.test(value)) headers.set(name, value);
    const url = `http://localhost${path.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(safe(params[name] ?? "")))}?${query}`;
    const payload = type ? { body: type.endsWith("json") ? JSON.stringify(sent) : safe(plain(sent)) } : {};
    return { params, request: new Request(url, { method: method.toUpperCase(), headers, ...payload }) };
  });
}
/** Without half characters, which no address can hold. */
const safe = (text: string): string => Buffer.from(text).toString();
const plain = (value: unknown): string => (typeof value === "string" ? value : (JSON.stringify(value) ?? ""));

it("describes every REST door there is, and no other", () => {
  const routes = readdirSync("app", { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith("route.ts"))
    .map((file) => `/${file.replace(/\/route\.ts$/, "").replace(/\[(\w+)\]/g, "{$1}")}`);
  expect(routes.length).toBeGreaterThan(15);
  // better-auth's are its own; one is the front's.
  const own = [...routes.filter((route) => !route.startsWith("/api/auth/")), "/health/live"];
  expect(Object.keys(document.paths).sort()).toEqual(own.sort());
  const ids = operations.map(({ operation }) => (operation as { operationId?: string }).operationId);
  expect(new Set(ids).size).toBe(operations.length);
});

it.each(operations.filter(({ path }) => path !== "/sw.js"))(
  "answers $method $path as the document says, whatever it is sent",
  async ({ path, method, operation }) => {
    const door = DOORS[`${method.toUpperCase()} ${path}`]!;
    const isChangeable = operation.parameters !== undefined || operation.requestBody !== undefined;
    const isPainted = path === "/v1/images/generations" || path === "/sdapi/v1/txt2img";
    const statuses = new Set<number>();
    await fc.assert(
      fc.asyncProperty(requests(path, method, operation), async ({ request, params }) => {
        const reply = await door(request, params);
        statuses.add(reply.status);
        await check({ operation }, reply);
      }),
      { seed: 7, numRuns: isPainted ? 120 : isChangeable ? 50 : 2 },
    );
    if (isPainted) expect([...statuses]).toEqual(expect.arrayContaining([200, 400]));
  },
  60_000,
);

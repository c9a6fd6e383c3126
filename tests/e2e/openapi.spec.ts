import fc from "fast-check";
import { ImagesRequest } from "#contracts/images.ts";
import { Txt2ImgRequest } from "#contracts/sdapi.ts";
import { type Door, doorsIn, faultFinder, type OpenApi, requestsTo } from "#tests/described-doors.ts";
import { expect, test } from "./aria.ts";

/** Of each door, by whoever asks. */
const REQUESTS = 3;
const SEED = 7;
/** oembed.com's own, of a format that nobody has. */
const NOT_IMPLEMENTED = 501;

/** At the machine itself; from elsewhere, with nothing to show; and a page of another origin, in the browser of whoever sits here. */
const CALLERS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "whoever is at home": {},
  "a visitor": { "x-forwarded-for": "198.51.100.7" },
  "a page elsewhere": { origin: "http://evil.example" },
};

/** What would be painted is painted small: here it is for the answer alone. */
const SMALL = [
  { path: "/v1/images/generations", schema: ImagesRequest, small: { n: 1, size: "256x256" } },
  {
    path: "/sdapi/v1/txt2img",
    schema: Txt2ImgRequest,
    small: { batch_size: 1, n_iter: 1, width: 256, height: 256, steps: 2 },
  },
];

async function smaller(request: Request, { path }: Door): Promise<BodyInit | null> {
  if (request.body === null) return null;
  const text = await request.text();
  const { schema, small } = SMALL.find((painted) => painted.path === path) ?? {};
  const body: unknown = schema && JSON.parse(text);
  return schema?.safeParse(body).success ? JSON.stringify({ ...(body as object), ...small }) : text;
}

async function ask(request: Request, door: Door, more: Readonly<Record<string, string>>): Promise<Response> {
  const headers = new Headers(request.headers);
  for (const [name, value] of Object.entries(more)) headers.set(name, value);
  return fetch(request.url, { method: door.method, headers, redirect: "manual", body: await smaller(request, door) });
}

test("whoever asks, and whatever they send, is answered as /openapi.json says", async ({ aria }) => {
  const document = (await (await fetch(`${aria.url}/openapi.json`)).json()) as OpenApi;
  const faultIn = faultFinder(document);
  const faults: string[] = [];
  const statuses: number[] = [];
  for (const door of doorsIn(document)) {
    const sent = fc.sample(requestsTo(door, aria.url), { seed: SEED, numRuns: REQUESTS * Object.keys(CALLERS).length });
    for (const [at, [who, headers]] of Object.entries(CALLERS).entries())
      for (const { request } of sent.slice(at * REQUESTS, (at + 1) * REQUESTS)) {
        const reply = await ask(request, door, headers);
        statuses.push(reply.status);
        const isOurs = reply.status >= 500 && reply.status !== NOT_IMPLEMENTED;
        const fault = await faultIn(door, reply);
        if (isOurs || fault)
          faults.push(`${who}, ${door.method} ${request.url.slice(0, 200)}: ${fault ?? reply.status}`);
      }
  }
  expect(faults).toEqual([]);
  expect(statuses.length).toBeGreaterThan(200);
  expect(statuses).toEqual(expect.arrayContaining([200, 303, 400, 401, 403, 404]));
});

import type { APIRequestContext } from "@playwright/test";
import sharp from "sharp";
import superjson from "superjson";
import type { Artwork } from "#contracts/artwork.ts";
import type { Order } from "#contracts/order.ts";
import { appRouter } from "#server/transport/trpc/app-router.ts";
import { ASKED, type Ids, LISTS, never, OWN, WORD } from "#tests/asked-procedures.ts";
import { expect, test } from "./aria.ts";
import { enter, fromElsewhere } from "./enter.ts";

const PROCEDURES = Object.entries(
  appRouter._def.procedures as unknown as Record<string, { readonly _def: { readonly type: "query" | "mutation" } }>,
);
const SAID = /windmill/i;
const SMALL = { widthPx: 128, heightPx: 128, steps: 4, count: 2 };

/** Made under an id that whoever asks has chosen: the tests below. */
const MAKES = ["collection.create", "series.place", "mind.create", "device.put"];
/** The house's; what admins see of everybody's line is to look after it. */
const HOUSE = /^(model|safety|backup|health|flag|admin)\.|^device\.key$|^order\.setPaused$|^person\./;

/** Errors, too: what somebody is told. */
interface Told {
  readonly status: number;
  readonly text: string;
}

function callerWith(request: APIRequestContext, url: string, headers: Record<string, string>) {
  const ask = async (path: string, input: unknown): Promise<Told> => {
    const said = superjson.stringify(input);
    const type = PROCEDURES.find(([name]) => name === path)?.[1]._def.type;
    const reply =
      type === "query"
        ? await request.get(`${url}/api/trpc/${path}?input=${encodeURIComponent(said)}`, { headers })
        : await request.post(`${url}/api/trpc/${path}`, {
            data: said,
            headers: { ...headers, "content-type": "application/json" },
          });
    return { status: reply.status(), text: await reply.text() };
  };
  return {
    headers,
    ask,
    async result<T>(path: string, input?: unknown): Promise<T> {
      const { status, text } = await ask(path, input);
      expect([path, status, status === 200 ? "" : text]).toEqual([path, 200, ""]);
      return superjson.deserialize(JSON.parse(text).result.data) as T;
    },
    async get(path: string, accept = "*/*"): Promise<Told> {
      const reply = await request.get(`${url}${path}`, { headers: { ...headers, accept }, maxRedirects: 0 });
      return { status: reply.status(), text: await reply.text() };
    },
    post: (path: string, data: unknown, more: Record<string, string> = {}) =>
      request.post(`${url}${path}`, { data, headers: { ...headers, ...more } }),
  };
}
type Caller = ReturnType<typeof callerWith>;

const untilIn = (who: Caller, id: string, state: Order["state"]) =>
  expect
    .poll(async () => (await who.result<Order>("order.byId", id)).state, { timeout: 60_000, intervals: [100] })
    .toBe(state);

/** One of everything, of whoever sits at the machine. */
async function makeOneOfEach(owner: Caller) {
  const sketch = await sharp({ create: { width: 64, height: 64, channels: 3, background: "#468" } })
    .png()
    .toBuffer();
  const sent = await owner.post("/sketches", sketch, { "content-type": "image/png" });
  const { sha256 } = await sent.json();
  const prompt = `a ${WORD} in a storm`;
  const painted = await owner.result<Order>("order.place", { prompt, sketch: sha256, ...SMALL });
  await untilIn(owner, painted.id, "done");
  const { artworkId, candidates, artistId } = await owner.result<Order>("order.byId", painted.id);
  const { filmUrl } = await owner.result<Artwork>("artwork.byId", artworkId);
  const ids = { ...never(), artwork: artworkId!, artist: artistId };
  await owner.result("collection.create", { id: ids.collection, name: `My ${WORD}s` });
  await owner.result("collection.add", { collectionId: ids.collection, artworkIds: [artworkId] });
  await owner.result("mind.react", { artworkId, action: "love" });
  const share = await owner.result<{ slug: string }>("share.create", { of: { artworkId }, days: 1 });
  await owner.result("device.put", {
    endpoint: ids.endpoint,
    keys: { p256dh: "k".repeat(87), auth: "a".repeat(22) },
    topics: ["painted"],
  });
  const painting = await owner.result<Order>("order.place", { prompt, steps: 60, count: 8 });
  await untilIn(owner, painting.id, "painting");
  await owner.result("order.setPaused", true);
  const waiting = await owner.result<Order>("order.place", { prompt, ...SMALL });
  await owner.result("series.place", {
    id: ids.series,
    theme: `a ${WORD}`,
    dimension: "light",
    count: 2,
    candidates: 1,
  });
  const pictures = [...candidates.map(({ imageUrl }) => imageUrl), filmUrl!, `/images/${sha256}`];
  return { ids: { ...ids, order: waiting.id, share: share.slug }, painting: painting.id, sketch: sha256, pictures };
}

/** Everything that is told of the owner's things, which nobody else may change. */
async function booksOf(owner: Caller, ids: Ids): Promise<string> {
  const asked: [string, unknown][] = [
    ["artwork.byId", ids.artwork],
    ["order.byId", ids.order],
    ["collection.byId", ids.collection],
    ["series.byId", ids.series],
    ["share.list", { artworkId: ids.artwork }],
    ["device.topics", ids.endpoint],
    ["mind.journal", { artistId: ids.artist }],
    ["mind.artists", undefined],
    ["order.themes", undefined],
  ];
  const told = [];
  for (const [path, input] of asked) told.push(await owner.ask(path, input));
  return JSON.stringify(told).replaceAll(/\\"(mood|energy|intensity|moodSince|livedUntil)\\":[^,}]*/g, "");
}

/** Which of two ids is missed first, is chance. */
const ID = /[0-9a-f]{8}-[0-9a-f-]{27}/g;
const without = ({ share }: Ids, { status, text }: Told): Told => ({
  status,
  text: text.replaceAll(share, "share").replaceAll(ID, "id"),
});

/** Where the answer to what is another's is not the answer to what never was; or tells of it. */
async function leaks(who: Caller, ids: Ids): Promise<string[]> {
  const found: string[] = [];
  for (const [path, inputs] of Object.entries(ASKED)) {
    const nothing = never();
    for (const [i, input] of inputs(ids).entries()) {
      const told = without(ids, await who.ask(path, input));
      const wanted = without(nothing, await who.ask(path, inputs(nothing)[i]));
      // Inputs that do not fit would be answered alike, and say nothing.
      if (told.status === 400) found.push(`${path} does not take ${JSON.stringify(input)}: ${told.text}`);
      if (JSON.stringify(told) !== JSON.stringify(wanted))
        found.push(`${path}: ${told.status} ${told.text} but ${wanted.status} ${wanted.text}`);
      if (SAID.test(told.text)) found.push(`${path} tells of it: ${told.text}`);
    }
  }
  for (const path of [...OWN, ...LISTS]) {
    const { status, text } = await who.ask(path, undefined);
    const named = Object.values(ids).filter((id) => text.includes(id));
    if (status !== 200 || named.length > 0 || SAID.test(text)) found.push(`${path}: ${status} ${text}`);
  }
  return found;
}

/** The same of addresses. */
async function leaksAt(who: Caller, ids: Ids, pictures: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  const unknown = "0".repeat(64);
  const nowhere = `/images/${unknown}`;
  for (const picture of pictures)
    for (const thumb of ["", "/320.webp", "/320.avif", "?download"]) {
      const [told, wanted] = [await who.get(picture + thumb), await who.get(nowhere + thumb)];
      // What was asked for is said again, and nothing else.
      const said = told.text.replaceAll(picture.split("/")[2]!, unknown);
      if (told.status !== 404 || said !== wanted.text) found.push(`${picture}${thumb}: ${told.status}`);
    }
  const nothing = never();
  const paths = ({ artwork, collection, series, artist }: Ids) => [
    `/artworks/${artwork}/export`,
    `/artworks/${artwork}`,
    `/collections/${collection}`,
    `/series/${series}`,
    ...["mind", "journal", "duels", "gallery"].map((room) => `/${room}?artist=${artist}`),
    `/gallery/alike?to=${artwork}`,
  ];
  for (const [i, path] of paths(ids).entries()) {
    const accept = path.endsWith("export") ? "*/*" : "text/html";
    const [told, wanted] = [await who.get(path, accept), await who.get(paths(nothing)[i]!, accept)];
    if (told.status !== wanted.status || SAID.test(told.text))
      found.push(`${path}: ${told.status} but ${wanted.status}`);
  }
  const zip = await who.post("/exports", { artworkIds: [ids.artwork] });
  if (zip.status() !== 404) found.push(`/exports: ${zip.status()}`);
  return found;
}

test("knows of every procedure what of somebody's it could tell", () => {
  const known = [...Object.keys(ASKED), ...MAKES, ...OWN, ...LISTS];
  const unknown = PROCEDURES.map(([path]) => path).filter((path) => !known.includes(path) && !HOUSE.test(path));
  expect(unknown).toEqual([]);
});

test("what is one person's is to a member, and to an admin, as what never was", async ({
  aria,
  playwright,
  request,
}) => {
  const owner = callerWith(request, aria.url, {});
  const apart = async (headers: Record<string, string>): Promise<Caller> =>
    callerWith(await playwright.request.newContext(), aria.url, headers);
  const letIn = async (role: "member" | "admin"): Promise<Caller> =>
    apart(await enter({ aria, playwright, request }, { name: role, role }));
  const { ids, painting, sketch, pictures } = await makeOneOfEach(owner);
  expect(pictures.length).toBe(4);
  const before = await booksOf(owner, ids);
  const [member, admin] = [await letIn("member"), await letIn("admin")];
  for (const who of [member, admin]) {
    // What others paint is neither seen nor stopped.
    expect(JSON.parse((await who.get("/sdapi/v1/progress")).text)).toMatchObject({ progress: 0, current_image: null });
    expect((await who.post("/sdapi/v1/interrupt", undefined)).status()).toBe(200);
    expect(await owner.result<Order>("order.byId", painting)).toMatchObject({ state: "painting" });
  }
  await owner.result("order.cancel", painting);
  for (const who of [member, admin]) {
    expect(await leaks(who, ids)).toEqual([]);
    expect(await leaksAt(who, ids, pictures)).toEqual([]);
    const drawn = await who.ask("order.place", { prompt: "a lake", sketch, underpainting: 0.05, ...SMALL });
    expect([drawn.status, drawn.text.includes("is not there any more")]).toEqual([400, true]);
    // Nobody makes anything under an id that is another's.
    const series = { id: ids.series, theme: "a lake", dimension: "light", count: 2, candidates: 1 };
    for (const [path, input] of [
      ["order.place", { id: ids.order, prompt: "a lake", ...SMALL }],
      ["collection.create", { id: ids.collection, name: "Mine" }],
      ["series.place", series],
      ["mind.create", { id: ids.artist, name: "Mine", curiosity: 0.5, patience: 0.5 }],
    ] as const) {
      const told = await who.ask(path, input);
      expect([path, told.status, SAID.test(told.text)]).toEqual([path, 409, false]);
    }
  }
  expect(await booksOf(owner, ids)).toBe(before);
  await owner.result("order.cancel", ids.order);
  for (const { id } of (await owner.result<{ orders: Order[] }>("order.line")).orders)
    await owner.result("order.cancel", id);
  await owner.result("order.setPaused", false);

  // Each has an artist of their own, paints, and sees that alone; one key of two people is two orders.
  const keyed = { "idempotency-key": "of-two-people" };
  const body = { prompt: "a lake", n: 1, enhance: false, size: "128x128" };
  const [hers, his] = await Promise.all([
    owner.post("/v1/images/generations", body, keyed),
    member.post("/v1/images/generations", { ...body, prompt: "a quiet harbour" }, keyed),
  ]);
  expect([hers.status(), his.status()]).toEqual([200, 200]);
  const { pathname } = new URL((await his.json()).data[0].url);
  expect([(await member.get(pathname)).status, (await owner.get(pathname)).status]).toEqual([200, 404]);
  const [hung] = await member.result<{ id: string }[]>("gallery.page", {});
  expect(await member.result("mind.artists")).toMatchObject([{ name: "Aria" }]);
  expect(await member.result("gallery.outline", {})).toMatchObject({ total: 1 });
  expect((await owner.ask("artwork.byId", hung!.id)).status).toBe(404);
  // A link is for whoever has it.
  const visitor = await apart(fromElsewhere(aria));
  expect((await visitor.get(`/s/${ids.share}`, "text/html")).text).toMatch(SAID);
});

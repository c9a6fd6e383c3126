/** What somebody who means harm writes into every text that is shown later: those that `FATES` says are kept, and a few besides. */
import { randomUUID } from "node:crypto";
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect } from "@playwright/test";
import { ArtworkId } from "#contracts/artwork.ts";
import { CollectionId } from "#contracts/collections.ts";
import { ArtistId } from "#contracts/mind.ts";
import type { OrderId } from "#contracts/order.ts";
import { SeriesId } from "#contracts/series.ts";
import type { AriaClient } from "#server/transport/client.ts";
import { FATES } from "#tests/free-texts.ts";

/** Each says which it is where it is run, and where it is read. As long as an artist's name may be, at most. */
const PAYLOADS: readonly ((mark: number) => string)[] = [
  (mark) => `<script>wasRun=${mark}</script>`,
  (mark) => `"><img src=x onerror="wasRun=${mark}">`,
  (mark) => `javascript:wasRun=${mark}`,
  (mark) => `<svg onload=wasRun=${mark}>`,
  (mark) => `</script><script>wasRun=${mark}</script>`,
];
const SMALL = { widthPx: 128, heightPx: 128, steps: 4, count: 1 } as const;
const FOLDER = path.resolve("tests/golden/pipelines/sd15");
export const HOSTILE_MODEL = "hostile";
const WITHIN = { timeout: 60_000, intervals: [100] };

/** Read from no schema of ours: better-auth's, and a model's own. */
const BESIDES = ["a passkey's name", "a model's folder", "a model's title", "a model's licence"] as const;
export const KEPT: readonly string[] = [
  ...Object.keys(FATES).filter((text) => FATES[text] === "kept"),
  ...BESIDES,
].sort();

export class Pen {
  /** What was written where, by mark. */
  readonly marks = new Map<number, string>();

  /** One payload, of the kind that is asked for. */
  one(text: string, kind: number): string {
    if (!KEPT.includes(text)) throw new Error(`${text} is not said to be kept`);
    const mark = this.marks.size + 1;
    this.marks.set(mark, text);
    return PAYLOADS[kind]!(mark);
  }

  /** One of each kind. */
  all(text: string): string[] {
    return PAYLOADS.map((_payload, kind) => this.one(text, kind));
  }
}

/** What no mark is looked for in: it is told to whoever asks, and kept nowhere. */
export const ASKED = PAYLOADS.map((payload) => payload(0));

/** Where what was written is to be seen. */
export interface Places {
  readonly artworks: readonly string[];
  readonly collections: readonly string[];
  readonly series: readonly string[];
  readonly artists: readonly string[];
  readonly shares: readonly string[];
}
const idsOf = (all: readonly { readonly id: string }[]) => all.map(({ id }) => id);

/** By its own doors, as programs do: what they answer is no page. */
async function paintByRest(pen: Pen, post: (path: string, body: object) => Promise<number>): Promise<void> {
  const prompt = pen.one("/v1/images/generations.prompt", 1);
  expect(await post("/v1/images/generations", { prompt, n: 1, size: "128x128" })).toBe(200);
  const txt2img = {
    prompt: pen.one("/sdapi/v1/txt2img.prompt", 4),
    negative_prompt: pen.one("/sdapi/v1/txt2img.negative_prompt", 0),
  };
  expect(await post("/sdapi/v1/txt2img", { ...txt2img, width: 128, height: 128, steps: 4 })).toBe(200);
}

async function untilKept(aria: AriaClient, id: OrderId): Promise<ArtworkId> {
  await expect.poll(async () => (await aria.order.byId.query(id)).state, WITHIN).toBe("done");
  return ArtworkId.parse((await aria.order.byId.query(id)).artworkId);
}

async function paint(aria: AriaClient, pen: Pen): Promise<void> {
  const [edits, lacks] = [pen.all("order.place.edited"), pen.all("order.place.negativePrompt")];
  for (const [i, prompt] of pen.all("order.place.prompt").entries()) {
    const words = { prompt, edited: edits[i]!, negativePrompt: lacks[i]! };
    await untilKept(aria, (await aria.order.place.mutate({ ...words, ...SMALL })).id);
  }
  // Of three pictures each.
  for (const kind of [1, 4]) {
    const [newest] = await aria.gallery.page.query({});
    const style = pen.one("artwork.remix.style", kind);
    await untilKept(aria, (await aria.artwork.remix.mutate({ kind: "style", artworkId: newest!.id, style })).id);
  }
}

/** None of it is painted: the line is paused. */
async function placeSeries(aria: AriaClient, pen: Pen): Promise<string[]> {
  await aria.order.setPaused.mutate(true);
  const series = pen.all("series.place.theme").map((theme) => ({ id: SeriesId.parse(randomUUID()), theme }));
  for (const one of series) await aria.series.place.mutate({ ...one, count: 2, dimension: "light", candidates: 1 });
  return idsOf(series);
}

async function collect(aria: AriaClient, pen: Pen, artworkIds: ArtworkId[]): Promise<CollectionId[]> {
  const make = async (name: string) => {
    const id = CollectionId.parse(randomUUID());
    await aria.collection.create.mutate({ id, name });
    await aria.collection.add.mutate({ collectionId: id, artworkIds });
    return id;
  };
  const ids: CollectionId[] = [];
  for (const name of pen.all("collection.create.name")) ids.push(await make(name));
  for (const name of pen.all("collection.rename.name")) {
    const id = await make("Of no name yet");
    await aria.collection.rename.mutate({ id, name });
    ids.push(id);
  }
  return ids;
}

interface Writer {
  readonly aria: AriaClient;
  /** The status of what is sent as JSON. */
  readonly post: (path: string, body: object) => Promise<number>;
}

/** What is a person's own, whose line is paused in the end: what waits is shown, too. */
export async function writeOwn({ aria, post }: Writer, pen: Pen): Promise<Places> {
  const { email } = await aria.person.self.query();
  await aria.person.setProfile.mutate({ name: pen.one("person.setProfile.name", 4), email });
  for (const name of pen.all("person.createKey.name")) await aria.person.createKey.mutate({ name, scopes: ["read"] });
  await paint(aria, pen);
  await paintByRest(pen, post);
  const artists = pen.all("mind.create.name").map((name) => ({ id: ArtistId.parse(randomUUID()), name }));
  for (const artist of artists) await aria.mind.create.mutate({ ...artist, curiosity: 0.5, patience: 0.5 });
  const artworks = (await aria.gallery.page.query({})).map(({ id }) => id);
  const collections = await collect(aria, pen, artworks);
  const shared = [
    ...artworks.map((artworkId) => ({ artworkId })),
    ...collections.map((collectionId) => ({ collectionId })),
  ];
  const shares: string[] = [];
  for (const of of shared) shares.push((await aria.share.create.mutate({ of, days: 1 })).slug);
  return { artworks, collections, artists: idsOf(artists), shares, series: await placeSeries(aria, pen) };
}

async function install(aria: AriaClient, input: { from: string; id?: string }, end: "done" | "failed"): Promise<void> {
  const { id } = await aria.model.start.mutate({ kind: "install", ...input });
  const state = async () => (await aria.model.tasks.query()).find((task) => task.id === id)?.state;
  await expect.poll(state, WITHIN).toBe(end);
}

/** What is the house's, and in the hands of an admin. */
export async function writeHouse(aria: AriaClient, pen: Pen): Promise<void> {
  for (const name of pen.all("person.create.name"))
    await aria.person.create.mutate({ name, email: `${randomUUID()}@example.org`, password: "a password of theirs" });
  // More than two are refused at once.
  const nowhere = [1, 4].map((kind) => ({ from: pen.one("model.start.from", kind) }));
  await Promise.all(nowhere.map((input) => install(aria, input, "failed")));
  const at = mkdtempSync(path.join(tmpdir(), "aria-hostile-"));
  const folder = path.join(at, pen.one("a model's folder", 3));
  cpSync(FOLDER, folder, { recursive: true });
  const own = { title: pen.one("a model's title", 1), licence: pen.one("a model's licence", 4) };
  writeFileSync(path.join(folder, "aria.json"), JSON.stringify(own));
  await install(aria, { from: folder, id: HOSTILE_MODEL }, "done");
  rmSync(at, { recursive: true });
  const rules = await aria.safety.read.query();
  await aria.safety.write.mutate({
    ...rules,
    deny: pen.all("safety.write.deny"),
    allow: pen.all("safety.write.allow"),
    people: pen.all("safety.write.people"),
  });
}

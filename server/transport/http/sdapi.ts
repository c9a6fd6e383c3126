/** `/sdapi/v1/*` as AUTOMATIC1111's clients use it, over the same orders as the studio. What is asked for is painted word for word. */
import type { z } from "zod";
import { AriaError } from "#contracts/errors.ts";
import type { OrderProgress, Stroke } from "#contracts/generation-events.ts";
import { invalidFrom } from "#contracts/invalid-from.ts";
import { type Order, PlaceOrderInput } from "#contracts/order.ts";
import { parametersText } from "#contracts/parameters-text.ts";
import { samplerCalled } from "#contracts/sampler-names.ts";
import {
  type OptionsReply,
  type ProgressReply,
  type SamplersReply,
  type SdModelsReply,
  type Txt2ImgReply,
  Txt2ImgRequest,
} from "#contracts/sdapi.ts";
import { DEFAULT_MODEL, SAMPLER_TITLES, SCHEDULE_TITLES } from "#contracts/terms.ts";
import type { Container } from "#server/container.ts";
import { answer, failed } from "./answer.ts";
import { isForeignOrigin } from "./is-foreign.ts";
import { failureOf, placeOnce, untilOver } from "./place-once.ts";
import { readJson } from "./read-json.ts";

/** How long it is listened for what is being painted: what was shown last is told at once. */
const LOOK_MS = 400;

export const txt2img = (aria: Container, request: Request): Promise<Response> =>
  answer(async () => {
    const asked = await readJson(request, Txt2ImgRequest);
    const order = await untilOver(aria, await placeOnce(aria, request, orderFor(asked)), request.signal);
    return order.failure ? failed(failureOf(order.failure)) : Response.json(await replyFor(aria, order, asked));
  });

const THEIR_FIELDS: ReadonlyMap<string, string> = new Map([
  ["modelId", "override_settings.sd_model_checkpoint"],
  ["count", "batch_size"],
  ["scheduleType", "scheduler"],
]);

function orderFor(asked: Txt2ImgRequest): PlaceOrderInput {
  const { prompt, negative_prompt, seed, steps, width, height, cfg_scale, batch_size, n_iter } = asked;
  const order = PlaceOrderInput.safeParse({
    prompt,
    enhance: false,
    negativePrompt: negative_prompt ?? undefined,
    seed: (seed ?? -1) < 0 ? undefined : seed,
    steps: steps ?? undefined,
    widthPx: width ?? undefined,
    heightPx: height ?? undefined,
    guidance: cfg_scale ?? undefined,
    count: (batch_size ?? 1) * (n_iter ?? 1),
    // "name [hash]", as `sd-models` titles them.
    modelId: asked.override_settings?.sd_model_checkpoint?.replace(/ \[\w+\]$/, ""),
    ...manner(asked),
  });
  if (order.success) return order.data;
  const { field, reason } = invalidFrom(order.error);
  throw new AriaError("INVALID", { field: THEIR_FIELDS.get(field) ?? field, reason });
}

/** Throws INVALID for a sampler or a schedule that is not here. */
function manner({ sampler_name, sampler_index, scheduler }: Txt2ImgRequest): object {
  const name = sampler_name ?? sampler_index;
  const known = name ? samplerCalled(name) : {};
  if (!known) throw new AriaError("INVALID", { field: "sampler_name", reason: "must be one of /sdapi/v1/samplers" });
  if (!scheduler) return known;
  const schedule = scheduler.toLowerCase();
  if (!Object.hasOwn(SCHEDULE_TITLES, schedule))
    throw new AriaError("INVALID", {
      field: "scheduler",
      reason: `must be one of ${Object.keys(SCHEDULE_TITLES).join(", ")}`,
    });
  return { ...known, scheduleType: schedule };
}

async function replyFor(aria: Container, order: Order, asked: Txt2ImgRequest): Promise<z.infer<typeof Txt2ImgReply>> {
  const pictures = order.candidates.toSorted((a, b) => a.index - b.index);
  const { prompt, negativePrompt, steps, widthPx, heightPx, guidance, modelId, count } = order;
  const { modelHash = "" } = (await hashesOf(aria, modelId)) ?? {};
  const info = {
    prompt,
    all_prompts: pictures.map(() => prompt),
    negative_prompt: negativePrompt,
    all_negative_prompts: pictures.map(() => negativePrompt),
    seed: order.seed,
    all_seeds: pictures.map(({ seed }) => seed),
    width: widthPx,
    height: heightPx,
    sampler_name: SAMPLER_TITLES[order.sampler],
    cfg_scale: guidance,
    steps,
    batch_size: count,
    sd_model_name: modelId,
    sd_model_hash: modelHash,
    infotexts: pictures.map(({ seed }) => parametersText({ ...order, seed, modelHash })),
    job_timestamp: stampOf(order.createdAt),
  };
  const isWanted = asked.send_images ?? true;
  const images = isWanted
    ? await Promise.all(
        pictures.map(async ({ imageUrl }) => Buffer.from(await aria.readPng(imageUrl, "candidate")).toString("base64")),
      )
    : [];
  return { images, parameters: { ...asked }, info: JSON.stringify(info) };
}

/** The pictures are there already: nothing is lost where inference is away by now. */
async function hashesOf(aria: Container, modelId: string): Promise<{ modelHash: string } | null> {
  const models = await aria.models().catch(() => []);
  const hash = models.find(({ id }) => id === modelId)?.hash;
  return hash ? { modelHash: hash } : null;
}

/** 20261122070809, in UTC. */
const stampOf = (at: Date): string => at.toISOString().replace(/\D/g, "").slice(0, 14);

export const progress = (aria: Container, request: Request): Promise<Response> =>
  answer(async () => {
    const order = await aria.orders.current();
    const isPainting = order?.state === "painting";
    const seen = isPainting ? await lookAt(aria, order) : null;
    const isSkipped = new URL(request.url).searchParams.get("skip_current_image") === "true";
    return Response.json(toldOf(isPainting ? order : null, seen ?? NOTHING, !isSkipped));
  });

interface Seen {
  readonly progress: OrderProgress | null;
  readonly stroke: Stroke | null;
}

/** What was shown of it last; nothing where that is not told in time. */
function lookAt(aria: Pick<Container, "watchOrder">, { id }: Order): Promise<Seen> {
  return new Promise((resolve) => {
    let seen: Seen = { progress: null, stroke: null };
    const done = () => {
      clearTimeout(late);
      stop();
      resolve(seen);
    };
    const late = setTimeout(done, LOOK_MS);
    const stop = aria.watchOrder(id, {
      stroke: (stroke) => {
        seen = { ...seen, stroke };
      },
      // It is told after the stroke.
      progress: (last) => {
        seen = { ...seen, progress: last };
        setImmediate(done);
      },
    });
  });
}

function toldOf(order: Order | null, { progress: last, stroke }: Seen, hasImage: boolean) {
  const [candidate, step, of] = [last?.candidate ?? 0, last?.step ?? 0, last?.of ?? order?.steps ?? 0];
  const share = order && of > 0 ? (candidate + step / of) / order.count : 0;
  return {
    progress: Math.min(1, share),
    eta_relative: (last?.remainingMs ?? 0) / 1_000,
    state: {
      skipped: false,
      interrupted: false,
      stopping_generation: false,
      job: order?.id ?? "",
      job_count: order?.count ?? 0,
      job_timestamp: order ? stampOf(order.startedAt ?? order.createdAt) : "0",
      job_no: candidate,
      sampling_step: step,
      sampling_steps: of,
    },
    current_image: hasImage && stroke ? Buffer.from(stroke.image).toString("base64") : null,
    textinfo: order?.title ?? null,
  } satisfies z.infer<typeof ProgressReply>;
}
const NOTHING: Seen = { progress: null, stroke: null };

/** A page elsewhere can send a post without a body unasked; a browser says whence it comes. */
const FOREIGN = new Set(["cross-site", "same-site"]);

/** Its clients send no body. What waits in the line stays there. */
export const interrupt = (aria: Container, request: Request): Promise<Response> =>
  answer(async () => {
    if (isForeign(request)) throw new AriaError("INVALID", { field: "origin", reason: "must be Aria's own" });
    const order = await aria.orders.current();
    if (order?.state === "painting") await aria.cancelOrder(order.id).catch(ignoreOver);
    return Response.json({});
  });

const isForeign = ({ headers }: Request): boolean =>
  isForeignOrigin(headers) || FOREIGN.has(headers.get("sec-fetch-site") ?? "");

/** It was done in the meantime. */
function ignoreOver(error: unknown): void {
  if (!(error instanceof Error && "code" in error && error.code === "CONFLICT")) throw error;
}

export const samplers = (): Response =>
  Response.json(
    Object.entries(SAMPLER_TITLES).map(([id, name]) => ({
      name,
      aliases: [id],
      options: {},
    })) satisfies z.infer<typeof SamplersReply>,
  );

const titleOf = ({ id, hash }: { id: string; hash: string | null }): string => (hash ? `${id} [${hash}]` : id);

export const sdModels = (aria: Container): Promise<Response> =>
  answer(async () => {
    const told = (await aria.models()).map((card) => ({
      title: titleOf(card),
      model_name: card.id,
      hash: card.hash,
      sha256: null,
      filename: card.id,
      config: null,
    }));
    return Response.json(told satisfies z.infer<typeof SdModelsReply>);
  });

export const options = (aria: Container): Promise<Response> =>
  answer(async () => {
    const card = (await aria.models()).find(({ id }) => id === DEFAULT_MODEL);
    const sd_model_checkpoint = card ? titleOf(card) : DEFAULT_MODEL;
    return Response.json({ sd_model_checkpoint, samples_format: "png" } satisfies z.infer<typeof OptionsReply>);
  });

import { ArtworkId } from "#contracts/artwork.ts";
import { sentenceFor } from "#contracts/error-sentences.ts";
import { type AnyAriaError, AriaError, type ErrorCode, isAriaError } from "#contracts/errors.ts";
import { type PaintReply, PaintSettings } from "#contracts/generation.ts";
import type { ArtistId } from "#contracts/mind.ts";
import type { Order, OrderId } from "#contracts/order.ts";
import { curate, scoreOf } from "#server/domain/curation/curate.ts";
import { experienceOfPainting, quantileAmong } from "#server/domain/growth/experience.ts";
import { afterWork } from "#server/domain/mood/live.ts";
import { seedsOf } from "#server/domain/seeds.ts";
import { memoryOf } from "#server/domain/voice/speak-thoughts.ts";
import type { Claim, Finish, PaintedCandidate, Ports } from "#server/ports.ts";
import { judgeTaste } from "./judge-taste.ts";
import { makeReadPng } from "./read-png.ts";
import { tellMilestones } from "./tell-milestones.ts";
import { makeThinkOver } from "./think-over.ts";

/** A studio whose machine is gone is stood in for within seven seconds: the lease, and one until somebody looks. */
export const LEASE_MS = 6_000;
const RENEW_EVERY_MS = 1_000;
/** A claim that was not renewed for so long is let go where its studio has no connection left; one that lost them all has new ones by then. */
export const UNHEARD_MS = 1_500;
/** An order that broke its worker this often will break it again. */
const MAX_ATTEMPTS = 2;
/** How often, and for how long, an order asks an inference server that is down or busy: five minutes at least. */
const ASK_AGAIN_MS = { first: 500, longest: 5_000 };
const MAX_REFUSALS = 64;
/** Twice as long each time: where all of her starts again, inference is there a moment after the studio. */
const askAgainMs = (refusals: number): number => Math.min(ASK_AGAIN_MS.longest, ASK_AGAIN_MS.first * 2 ** refusals);

/** CONFLICT, CANCELLED: inference still has to do with the worker before us, who is gone. Who cancels writes it down first. */
const PASSING: ReadonlySet<ErrorCode> = new Set(["UNAVAILABLE", "BUSY", "CONFLICT", "CANCELLED"]);

type Deps = Pick<
  Ports,
  | "artists"
  | "artworks"
  | "duels"
  | "flags"
  | "flagRepo"
  | "generator"
  | "learning"
  | "policy"
  | "safety"
  | "writer"
  | "orders"
  | "blobs"
  | "metrics"
  | "tracer"
  | "film"
  | "thumbhash"
  | "now"
  | "newId"
  | "rng"
>;
/** Works that a new one is measured against. */
const RECENT_WORKS = 20;
const FEW_WORKS = 5;
/** Works of which none is painted twice, however well. */
const WORKS_TO_DIFFER_FROM = 200;

/** What became of the attempt; "released": the order waits again, its job with it. */
export type Attempt = "done" | "failed" | "released" | "not-mine";

/**
 * Paints one order, at least once by the queue's promise and with the effect of exactly once: the claim's fence lets a
 * single worker finish, seeds are fixed so that a second painting yields the same files, and files are written before
 * the one transaction that names them.
 */
export function makePaintOrder(deps: Deps) {
  const { tracer, orders, now } = deps;
  const attempt = makeAttempt(deps);
  return async function paintOrder(id: OrderId, shutdown: AbortSignal): Promise<Attempt> {
    const claim = await orders.claim(id, LEASE_MS, now());
    if (!claim) return "not-mine";
    const { traceparent: parent, order } = claim;
    if (parent !== null) tracer.recordSpan("wait in line", { parent, from: order.createdAt, to: now() });
    return tracer.span("paint order", { parent }, () => attempt(claim, shutdown));
  };
}

function makeAttempt(deps: Deps) {
  const { tracer } = deps;
  const thinkOver = makeThinkOver(deps);
  return async function attempt(claim: Claim, shutdown: AbortSignal): Promise<Attempt> {
    if (claim.attempts > MAX_ATTEMPTS) return giveUp(deps, claim);
    const lost = new AbortController();
    const letGo = keepRenewing(deps, claim, lost);
    let { order } = claim;
    try {
      const signal = AbortSignal.any([shutdown, lost.signal]);
      order = await tracer.span("think over", {}, () => thinkOver(claim, { signal, onLost: () => lost.abort() }));
      const reply = await deps.generator.paint(await orderFor(deps, order), signal);
      const sound = await withoutFlagged(deps, reply);
      return await tracer.span("keep", {}, () => keep(deps, { ...claim, order }, sound));
    } catch (error) {
      if (lost.signal.aborted) return "not-mine";
      return await afterFailure(deps, { ...claim, order }, error, shutdown);
    } finally {
      letGo();
    }
  };
}

/** Aborts `lost` once the claim is another's. Gives what ends it. */
function keepRenewing(deps: Deps, { order, fence }: Claim, lost: AbortController): () => void {
  let isOver = false;
  let timer = setTimeout(renew, RENEW_EVERY_MS);
  async function renew(): Promise<void> {
    const askedAt = deps.now();
    // A database that does not answer is no proof that the claim is lost: the fence will tell at the end.
    const held = await deps.orders.renew(order.id, fence, LEASE_MS, askedAt).catch(() => true);
    if (!held) lost.abort();
    else if (!isOver) {
      // A database that was away may have kept it waiting: a lease is counted from when it was asked for.
      const tookMs = deps.now().getTime() - askedAt.getTime();
      timer = setTimeout(renew, Math.max(0, RENEW_EVERY_MS - tookMs));
    }
  }
  return () => {
    isOver = true;
    clearTimeout(timer);
  };
}

/** Throws UNAVAILABLE when its sketch is gone. */
const orderFor = async (deps: Deps, order: Order) => ({
  ...PaintSettings.parse(order),
  orderId: order.id,
  prompt: order.prompt,
  negativePrompt: order.negativePrompt,
  seeds: seedsOf(order),
  ...(order.sketch === null ? {} : { sketchPngBase64: await readSketch(deps, order.sketch) }),
});

const readSketch = async (deps: Deps, sha256: string): Promise<string> =>
  Buffer.from(await makeReadPng(deps)(sha256, "sketch")).toString("base64");

/** What is left of what was painted; how many were thrown away goes with it. */
interface Left extends PaintReply {
  readonly flagged: number;
}

/** Throws INVALID where the safety checker flags every one. Nothing is asked of it where sexual content may be painted. */
async function withoutFlagged({ safety }: Deps, reply: PaintReply): Promise<Left> {
  const { refused } = await safety.read();
  const candidates = reply.candidates.filter(({ flagged }) => !(flagged && refused.includes("sexual")));
  if (candidates.length > 0) return { ...reply, candidates, flagged: reply.candidates.length - candidates.length };
  const reason = "came out as what the safety checker flags, in every picture; say it in other words";
  throw new AriaError("INVALID", { field: "prompt", reason, refused: "sexual" });
}

async function keep(deps: Deps, { order, fence }: Claim, reply: Left): Promise<Attempt> {
  const embeddings = reply.candidates.map(({ embedding }) => embedding && Float32Array.from(embedding));
  const tastes = await judgeTaste(deps, order.artistId, { prompt: order.prompt, embeddings });
  const candidates = await Promise.all(
    reply.candidates.map(async ({ seed, pngBase64, scores: measured, hash }, index): Promise<PaintedCandidate> => {
      const scores = { ...measured, taste: tastes[index] ?? null };
      const png = Buffer.from(pngBase64, "base64");
      const [{ sha256 }, thumbhash] = await Promise.all([deps.blobs.put(png), deps.thumbhash(png)]);
      return {
        index,
        seed,
        sha256,
        bytes: png.length,
        thumbhash,
        scores,
        score: scoreOf(scores),
        hash,
        embedding: embeddings[index] ?? null,
      };
    }),
  );
  const [first, ...others] = candidates;
  if (!first) throw new Error("inference answered without a candidate, against its contract");
  const works = await deps.artworks.recent(order.artistId, WORKS_TO_DIFFER_FROM);
  const hashes = works.map(({ hash }) => hash).filter(Boolean);
  const { keptIndex, reason } = curate([first, ...others], hashes);
  const { score } = candidates[keptIndex]!;
  const quantile = quantileAmong(
    score,
    works.slice(0, RECENT_WORKS).map((work) => work.score),
  );
  const finish: Finish = {
    candidates,
    keptIndex,
    // A film may be lost; a painting is not lost for it.
    film: await filmOf(deps, reply.candidates[keptIndex]!).catch(() => null),
    reason: reply.flagged === 0 ? reason : `${reason} ${thrownAway(reply.flagged)}`,
    modelHash: reply.model.hash,
    artworkId: ArtworkId.parse(deps.newId()),
    experience: experienceOfPainting(quantile),
    memory: memoryOf(order.title ?? order.prompt, { quantile, score, count: candidates.length }),
    at: deps.now(),
  };
  if (!(await deps.orders.finish(order.id, fence, finish))) return "not-mine";
  countWork(deps, order, finish);
  await deps.flagRepo.observe(order.id, { kind: "score", value: score, at: finish.at });
  await takeToHeart(deps, order.artistId, works.length < FEW_WORKS ? null : quantile);
  return "done";
}

function countWork({ metrics }: Deps, order: Order, { candidates, keptIndex, at }: Finish): void {
  const { modelId, mood, steps } = order;
  const { score, scores } = candidates[keptIndex]!;
  const seconds = (at.getTime() - (order.startedAt ?? at).getTime()) / 1_000;
  metrics.orderEnded({ modelId, mood, status: "done" });
  metrics.painted({ modelId, seconds, steps, images: candidates.length, score, scores });
}

const thrownAway = (count: number): string =>
  `The safety checker flagged ${count === 1 ? "one more, which was" : `${count} more, which were`} thrown away.`;

/** Of what was shown while it was painted; null where that was nothing. */
async function filmOf({ film, blobs }: Deps, { strokesBase64, pngBase64 }: PaintReply["candidates"][number]) {
  if (strokesBase64.length === 0) return null;
  const strokes = strokesBase64.map((stroke) => Buffer.from(stroke, "base64"));
  return (await blobs.put(await film(strokes, Buffer.from(pngBase64, "base64")))).sha256;
}

/** How it went moves her, once there is something to measure it against. */
async function takeToHeart(deps: Deps, artistId: ArtistId, quantile: number | null): Promise<void> {
  if (quantile !== null)
    await deps.artists.feel(artistId, deps.now(), (artist) => ({
      feeling: afterWork(artist, quantile, deps.rng),
      cause: quantile >= 0.5 ? "good work" : "poor work",
    }));
  await tellMilestones(deps, artistId);
}

async function afterFailure(deps: Deps, claim: Claim, error: unknown, shutdown: AbortSignal): Promise<Attempt> {
  const { order, fence, refusals } = claim;
  const now = deps.now();
  const release = async (refusedForMs: number | null): Promise<Attempt> =>
    (await deps.orders.release(order.id, fence, { now, refusedForMs })) ? "released" : "not-mine";
  if (shutdown.aborted) return release(null);
  const kind = kindOf(error);
  // That somebody stopped it is no fault.
  if (kind !== "cancelled") deps.metrics.paintingFailed(order.modelId, kind);
  if (!isAriaError(error)) throw error;
  // A full disk is not inference's refusal, and painting once more would not empty it.
  const isStorage = error.code === "UNAVAILABLE" && error.facts.dependency === "storage";
  if (PASSING.has(error.code) && !isStorage && refusals < MAX_REFUSALS) return release(askAgainMs(refusals));
  return fail(deps, claim, { code: error.code, message: lastSentenceFor(error) });
}

async function giveUp(deps: Deps, claim: Claim): Promise<Attempt> {
  const message = `Painting this broke off ${MAX_ATTEMPTS} times, so it was set aside.`;
  deps.metrics.paintingFailed(claim.order.modelId, "broke_off");
  return fail(deps, claim, { code: "GENERATION_FAILED", message });
}

async function fail(
  { orders, metrics, now }: Deps,
  { order, fence }: Claim,
  failure: { code: ErrorCode; message: string },
): Promise<Attempt> {
  if (!(await orders.fail(order.id, fence, failure, now()))) return "not-mine";
  metrics.orderEnded({ modelId: order.modelId, mood: order.mood, status: "failed" });
  return "failed";
}

/** What is counted of an error: its code, or why the generation failed. */
function kindOf(error: unknown): string {
  if (!isAriaError(error)) return "unforeseen";
  return error.code === "GENERATION_FAILED" ? error.facts.reason : error.code.toLowerCase();
}

/** Two failures have lasted for minutes by the time they are told. */
function lastSentenceFor(error: AnyAriaError): string {
  if (error.code === "UNAVAILABLE" && error.facts.dependency === "inference")
    return "The painting engine could not be reached for five minutes.";
  if (error.code === "BUSY") return "The painting engine was busy for five minutes.";
  return sentenceFor(error);
}

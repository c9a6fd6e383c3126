import { ArtworkId } from "#contracts/artwork.ts";
import { type AnyAriaError, type ErrorCode, isAriaError } from "#contracts/errors.ts";
import type { PaintReply } from "#contracts/generation.ts";
import type { Order, OrderId } from "#contracts/order.ts";
import { curate, scoreOf } from "#server/domain/curation.ts";
import { seedsOf } from "#server/domain/seeds.ts";
import type { Claim, PaintedCandidate, Ports } from "#server/ports.ts";

export const LEASE_MS = 8_000;
const RENEW_EVERY_MS = 2_000;
/** A worker that died this often under one order will die of it again. */
const MAX_ATTEMPTS = 2;
/** How long an order waits for an inference server that is down or busy before it is given up. */
const PATIENCE_MS = 5 * 60_000;

/** CONFLICT: inference has not yet noticed that the worker before us is gone. */
const PASSING: ReadonlySet<ErrorCode> = new Set(["UNAVAILABLE", "BUSY", "CONFLICT"]);

type Deps = Pick<Ports, "generator" | "orders" | "blobs" | "thumbhash" | "now" | "newId">;

/** What became of the attempt; `retry` asks the queue to come again. */
export type Attempt = "done" | "failed" | "cancelled" | "not-mine" | "retry";

/**
 * Paints one order, at least once by the queue's promise and with the effect of exactly once: the claim's fence lets a
 * single worker finish, seeds are fixed so that a second painting yields the same files, and files are written before
 * the one transaction that names them.
 */
export function makePaintOrder(deps: Deps) {
  return async function paintOrder(id: OrderId, shutdown: AbortSignal): Promise<Attempt> {
    const claim = await deps.orders.claim(id, LEASE_MS, deps.now());
    if (!claim) return "not-mine";
    if (claim.attempts > MAX_ATTEMPTS) return giveUp(deps, claim);
    const lost = new AbortController();
    const heartbeat = setInterval(() => void renew(deps, claim, lost), RENEW_EVERY_MS);
    try {
      const signal = AbortSignal.any([shutdown, lost.signal]);
      const reply = await deps.generator.paint(orderFor(claim.order), signal);
      return await keep(deps, claim, reply);
    } catch (error) {
      if (lost.signal.aborted) return "cancelled";
      return await afterFailure(deps, claim, error, shutdown);
    } finally {
      clearInterval(heartbeat);
    }
  };
}

async function renew(deps: Deps, { order, fence }: Claim, lost: AbortController): Promise<void> {
  // A database that does not answer is no proof that the claim is lost: the fence will tell at the end.
  const held = await deps.orders.renew(order.id, fence, LEASE_MS, deps.now()).catch(() => true);
  if (!held) lost.abort();
}

const orderFor = (order: Order) => ({
  orderId: order.id,
  prompt: order.prompt,
  negativePrompt: order.negativePrompt,
  modelId: order.modelId,
  widthPx: order.widthPx,
  heightPx: order.heightPx,
  steps: order.steps,
  guidance: order.guidance,
  sampler: order.sampler,
  underpainting: order.underpainting,
  seeds: seedsOf(order),
});

async function keep(deps: Deps, { order, fence }: Claim, reply: PaintReply): Promise<Attempt> {
  const candidates = await Promise.all(
    reply.candidates.map(async ({ seed, pngBase64, technical }, index): Promise<PaintedCandidate> => {
      const png = Buffer.from(pngBase64, "base64");
      const [{ sha256 }, thumbhash] = await Promise.all([deps.blobs.put(png), deps.thumbhash(png)]);
      return { index, seed, sha256, bytes: png.length, thumbhash, technical, score: scoreOf(technical) };
    }),
  );
  const [first, ...others] = candidates;
  if (!first) throw new Error("inference answered without a candidate, against its contract");
  const { keptIndex, reason } = curate([first, ...others]);
  const finish = { candidates, keptIndex, reason, modelHash: reply.model.hash, at: deps.now() };
  const artworkId = ArtworkId.parse(deps.newId());
  return (await deps.orders.finish(order.id, fence, { ...finish, artworkId })) ? "done" : "not-mine";
}

async function afterFailure(deps: Deps, claim: Claim, error: unknown, shutdown: AbortSignal): Promise<Attempt> {
  const { order, fence } = claim;
  const patient = deps.now().getTime() - order.createdAt.getTime() < PATIENCE_MS;
  const passing = isAriaError(error) && PASSING.has(error.code);
  if (shutdown.aborted || (passing && patient))
    return (await deps.orders.release(order.id, fence)) ? "retry" : "not-mine";
  if (isAriaError(error) && error.code === "CANCELLED") {
    return (await deps.orders.cancel(order.id, deps.now())) ? "cancelled" : "not-mine";
  }
  if (isAriaError(error)) {
    const failure = { code: error.code, message: sentenceFor(error) };
    return (await deps.orders.fail(order.id, fence, failure, deps.now())) ? "failed" : "not-mine";
  }
  throw error;
}

async function giveUp(deps: Deps, { order, fence }: Claim): Promise<Attempt> {
  const message = `Her studio died ${MAX_ATTEMPTS} times while painting this, so it was set aside.`;
  const failure = { code: "GENERATION_FAILED" as const, message };
  return (await deps.orders.fail(order.id, fence, failure, deps.now())) ? "failed" : "not-mine";
}

const WHY = {
  nan_latents: "The model lost its numbers (NaN) three times over; try other settings.",
  blank_picture: "Three attempts came out blank; try another prompt or other settings.",
  out_of_memory: "The picture is too large for this machine's memory.",
  model_unreadable: "The model's files are missing or damaged.",
  engine_died: "The painting engine died twice while painting this.",
} as const;

function sentenceFor(error: AnyAriaError): string {
  switch (error.code) {
    case "GENERATION_FAILED":
      return WHY[error.facts.reason];
    case "INVALID":
      return `${error.facts.field} ${error.facts.reason}`;
    case "NOT_FOUND":
      return `There is no ${error.facts.kind} called ${error.facts.id}.`;
    case "UNAVAILABLE":
      return "The painting engine could not be reached for five minutes.";
    case "BUSY":
    case "CONFLICT":
      return "The painting engine was busy for five minutes.";
    default:
      return error.message;
  }
}

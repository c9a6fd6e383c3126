/** `POST /v1/images/generations` and `GET /v1/models` as OpenAI's clients expect them, over the same orders as the studio. */
import { setTimeout as sleep } from "node:timers/promises";
import { sentenceFor } from "#contracts/error-sentences.ts";
import { type AnyAriaError, AriaError, type ErrorCode, HTTP_STATUS, isAriaError } from "#contracts/errors.ts";
import { ImagesReply, ImagesRequest } from "#contracts/images.ts";
import { invalidFrom } from "#contracts/invalid-from.ts";
import { type Order, PlaceOrderInput } from "#contracts/order.ts";
import type { Container } from "#server/container.ts";
import { readJson } from "./read-json.ts";

const POLL_MS = 150;

export async function imagesGenerations(aria: Container, request: Request): Promise<Response> {
  try {
    const asked = await readJson(request, ImagesRequest);
    const order = await untilOver(aria, await aria.placeOrder(orderFor(asked)), request.signal);
    if (order.failure) return failed(order.failure);
    return Response.json(await replyFor(aria, order, { asked, origin: new URL(request.url).origin }));
  } catch (error) {
    if (isAriaError(error)) return openAiError(error);
    throw error;
  }
}

function orderFor({ prompt, model, n, size, enhance }: ImagesRequest): PlaceOrderInput {
  const [widthPx, heightPx] = size === undefined || size === "auto" ? [] : size.split("x").map(Number);
  const order = PlaceOrderInput.safeParse({ prompt, enhance, modelId: model, count: n, widthPx, heightPx });
  if (order.success) return order.data;
  const { field, reason } = invalidFrom(order.error);
  // In the caller's words: OpenAI's API has one size, not a width and a height.
  const theirs = { modelId: "model", count: "n", widthPx: "size", heightPx: "size" }[field] ?? field;
  throw new AriaError("INVALID", { field: theirs, reason });
}

/** The database is asked, not the socket: it alone knows that the picture is kept. */
async function untilOver(aria: Container, placed: Order, signal: AbortSignal): Promise<Order> {
  let order: Order | null = placed;
  while (order && (order.state === "waiting" || order.state === "painting")) {
    if (signal.aborted) {
      await aria.cancelOrder(placed.id);
      throw new AriaError("CANCELLED", { orderId: placed.id });
    }
    await sleep(POLL_MS);
    order = await aria.orders.get(placed.id);
  }
  if (!order || order.state === "cancelled") throw new AriaError("CANCELLED", { orderId: placed.id });
  return order;
}

async function replyFor(aria: Container, order: Order, { asked, origin }: { asked: ImagesRequest; origin: string }) {
  const keptFirst = order.candidates.toSorted((a, b) => Number(b.kept) - Number(a.kept));
  const data = keptFirst.map(async ({ imageUrl }) => {
    const revised_prompt = order.prompt;
    if (asked.response_format === "url") return { url: new URL(imageUrl, origin).href, revised_prompt };
    const png = Buffer.from(await aria.readPng(imageUrl, "candidate"));
    return { b64_json: png.toString("base64"), revised_prompt };
  });
  return ImagesReply.parse({ created: Math.floor(order.createdAt.getTime() / 1000), data: await Promise.all(data) });
}

const refusal = (code: ErrorCode, message: string, param: string | null = null): Response => {
  const type = HTTP_STATUS[code] < 500 ? "invalid_request_error" : "server_error";
  return Response.json({ error: { message, type, param, code: code.toLowerCase() } }, { status: HTTP_STATUS[code] });
};

function openAiError(error: AnyAriaError): Response {
  const param = error.code === "INVALID" ? error.facts.field : error.code === "NOT_FOUND" ? error.facts.kind : null;
  return refusal(error.code, sentenceFor(error), param);
}

/** The order went wrong while it was painted: its own code, so that nobody tries again what cannot come out. */
const failed = ({ code, message }: NonNullable<Order["failure"]>): Response =>
  refusal(code in HTTP_STATUS ? (code as ErrorCode) : "GENERATION_FAILED", message);

export async function listModels(aria: Container): Promise<Response> {
  try {
    const models = await aria.models();
    const data = models.map(({ id }) => ({ id, object: "model", owned_by: "aria" }));
    return Response.json({ object: "list", data });
  } catch (error) {
    if (isAriaError(error)) return openAiError(error);
    throw error;
  }
}

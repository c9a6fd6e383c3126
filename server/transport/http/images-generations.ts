/** `POST /v1/images/generations` and `GET /v1/models` as OpenAI's clients expect them, over the same orders as the studio. */
import { setTimeout as sleep } from "node:timers/promises";
import { type AnyAriaError, AriaError, HTTP_STATUS, isAriaError } from "#contracts/errors.ts";
import { ImagesReply, ImagesRequest } from "#contracts/images.ts";
import { type Order, PlaceOrderInput } from "#contracts/order.ts";
import type { Container } from "#server/container.ts";
import { invalidFrom } from "#server/transport/invalid-from.ts";

const POLL_MS = 150;
const MAX_BODY_BYTES = 64 * 1024;

export async function imagesGenerations(aria: Container, request: Request): Promise<Response> {
  try {
    const asked = await readRequest(request);
    const order = await aria.placeOrder(orderFor(asked));
    const done = await untilOver(aria, order, request.signal);
    return Response.json(await replyFor(aria, done, { asked, origin: new URL(request.url).origin }));
  } catch (error) {
    if (isAriaError(error)) return openAiError(error);
    throw error;
  }
}

async function readRequest(request: Request): Promise<ImagesRequest> {
  const text = await request.text();
  if (text.length > MAX_BODY_BYTES) {
    throw new AriaError("INVALID", { field: "body", reason: `must be at most ${MAX_BODY_BYTES} bytes` });
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new AriaError("INVALID", { field: "body", reason: "must be JSON" }, { cause });
  }
  const parsed = ImagesRequest.safeParse(json);
  if (!parsed.success) throw new AriaError("INVALID", invalidFrom(parsed.error));
  return parsed.data;
}

function orderFor({ prompt, model, n, size }: ImagesRequest): PlaceOrderInput {
  const [widthPx, heightPx] = size?.split("x").map(Number) ?? [];
  const order = PlaceOrderInput.safeParse({ prompt, modelId: model, count: n, widthPx, heightPx });
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
  if (order?.state === "done") return order;
  if (order?.state === "cancelled") throw new AriaError("CANCELLED", { orderId: placed.id });
  throw new AriaError("UNAVAILABLE", {
    dependency: "inference",
    reason: order?.failure?.message ?? "The order is gone.",
  });
}

async function replyFor(aria: Container, order: Order, { asked, origin }: { asked: ImagesRequest; origin: string }) {
  const keptFirst = order.candidates.toSorted((a, b) => Number(b.kept) - Number(a.kept));
  const data = keptFirst.map(async ({ imageUrl }) => {
    const revised_prompt = order.prompt;
    if (asked.response_format === "url") return { url: new URL(imageUrl, origin).href, revised_prompt };
    const png = await aria.blobs.read(imageUrl.split("/").at(-1) ?? "");
    if (!png) throw new AriaError("UNAVAILABLE", { dependency: "storage", reason: "A picture's file is missing." });
    return { b64_json: Buffer.from(png).toString("base64"), revised_prompt };
  });
  return ImagesReply.parse({ created: Math.floor(order.createdAt.getTime() / 1000), data: await Promise.all(data) });
}

function openAiError(error: AnyAriaError): Response {
  const param = error.code === "INVALID" ? error.facts.field : error.code === "NOT_FOUND" ? error.facts.kind : null;
  const message = error.code === "INVALID" ? `${error.facts.field}: ${error.facts.reason}` : error.message;
  const type = HTTP_STATUS[error.code] < 500 ? "invalid_request_error" : "server_error";
  const body = { error: { message, type, param, code: error.code.toLowerCase() } };
  return Response.json(body, { status: HTTP_STATUS[error.code] });
}

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

/** `POST /v1/images/generations` and `GET /v1/models` as OpenAI's clients expect them, over the same orders as the studio. */
import { sentenceFor } from "#contracts/error-sentences.ts";
import { type AnyAriaError, AriaError, type ErrorCode, HTTP_STATUS, isAriaError } from "#contracts/errors.ts";
import { ImagesReply, ImagesRequest, type ModelsReply, type OpenAiError } from "#contracts/images.ts";
import { invalidFrom } from "#contracts/invalid-from.ts";
import { type Order, PlaceOrderInput } from "#contracts/order.ts";
import type { Container } from "#server/container.ts";
import { retryAfter } from "./answer.ts";
import { askedOrigin } from "./asked-origin.ts";
import { imageStream } from "./image-stream.ts";
import { failureOf, keptFirst, placeOnce, untilOver } from "./place-once.ts";
import { readJson } from "./read-json.ts";

/** `origin`: where whoever asks finds the pictures. */
export async function imagesGenerations(
  aria: Container,
  request: Request,
  origin = askedOrigin(request.headers),
): Promise<Response> {
  try {
    const asked = await readJson(request, ImagesRequest);
    const placed = await placeOnce(aria, request, orderFor(asked));
    if (asked.stream)
      return imageStream(aria, placed, {
        previews: asked.partial_images ?? 0,
        signal: request.signal,
        errorOf: bodyOf,
      });
    const order = await untilOver(aria, placed, request.signal);
    if (order.failure) {
      const { code, message } = failureOf(order.failure);
      return Response.json(bodyOf(code, message), { status: HTTP_STATUS[code] });
    }
    return Response.json(await replyFor(aria, order, { asked, origin }));
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

async function replyFor(aria: Container, order: Order, { asked, origin }: { asked: ImagesRequest; origin: string }) {
  const data = keptFirst(order).map(async ({ imageUrl }) => {
    const revised_prompt = order.prompt;
    if (asked.response_format === "url") return { url: `${origin}${imageUrl}`, revised_prompt };
    const png = Buffer.from(await aria.readPng(imageUrl, "candidate"));
    return { b64_json: png.toString("base64"), revised_prompt };
  });
  return ImagesReply.parse({ created: Math.floor(order.createdAt.getTime() / 1000), data: await Promise.all(data) });
}

type ErrorBody = ReturnType<typeof OpenAiError.parse>;

const bodyOf = (code: ErrorCode, message: string, param: string | null = null): ErrorBody => {
  const type = HTTP_STATUS[code] < 500 ? "invalid_request_error" : "server_error";
  return { error: { message, type, param, code: code.toLowerCase() } };
};

function openAiError(error: AnyAriaError): Response {
  const param = error.code === "INVALID" ? error.facts.field : error.code === "NOT_FOUND" ? error.facts.kind : null;
  const body = bodyOf(error.code, sentenceFor(error), param);
  return Response.json(body, { status: HTTP_STATUS[error.code], headers: retryAfter(error) });
}

export async function listModels(aria: Container): Promise<Response> {
  try {
    const models = await aria.models();
    const data = models.map(({ id }) => ({ id, object: "model" as const, owned_by: "aria" as const }));
    return Response.json({ object: "list", data } satisfies ReturnType<typeof ModelsReply.parse>);
  } catch (error) {
    if (isAriaError(error)) return openAiError(error);
    throw error;
  }
}

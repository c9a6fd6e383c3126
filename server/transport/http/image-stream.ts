/** A painting as server-sent events, as OpenAI's images API streams it: previews while it comes about, then the pictures. */
import type { z } from "zod";
import { sentenceFor } from "#contracts/error-sentences.ts";
import { type ErrorCode, isAriaError } from "#contracts/errors.ts";
import type { Stroke } from "#contracts/generation-events.ts";
import type { CompletedImageEvent, ErrorEvent, OpenAiError, PartialImageEvent } from "#contracts/images.ts";
import type { Order } from "#contracts/order.ts";
import type { Container } from "#server/container.ts";
import { failureOf, keptFirst, type PlacedOnce, untilOver } from "./place-once.ts";

/** Something is said at least this often, or what stands between takes the connection for dead. */
const SAY_EVERY_MS = 10_000;

type Event = z.infer<typeof PartialImageEvent> | z.infer<typeof CompletedImageEvent> | z.infer<typeof ErrorEvent>;

interface Options {
  readonly previews: number;
  readonly signal: AbortSignal;
  readonly errorOf: (code: ErrorCode, message: string) => z.infer<typeof OpenAiError>;
}

export function imageStream(aria: Container, placed: PlacedOnce, { previews, signal, errorOf }: Options): Response {
  const gone = new AbortController();
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    async start(stream) {
      const write = (text: string) => {
        if (!gone.signal.aborted) stream.enqueue(encoder.encode(text));
      };
      const send = (event: Event) => write(`event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`);
      const alive = setInterval(() => write(": still painting\n\n"), SAY_EVERY_MS);
      const stop = previews > 0 ? showPreviews(aria, placed.order, { previews, send }) : () => {};
      try {
        const order = await untilOver(aria, placed, AbortSignal.any([signal, gone.signal]));
        stop();
        if (order.failure) {
          const { code, message } = failureOf(order.failure);
          send({ type: "error", ...errorOf(code, message) });
        } else await sendPictures(aria, order, send);
      } catch (error) {
        if (!isAriaError(error)) throw error;
        send({ type: "error", ...errorOf(error.code, sentenceFor(error)) });
      } finally {
        clearInterval(alive);
        stop();
        if (!gone.signal.aborted) stream.close();
      }
    },
    cancel: () => gone.abort(),
  });
  return new Response(body, { headers: { "content-type": "text/event-stream", "cache-control": "no-store" } });
}

const usual = ({ createdAt, widthPx, heightPx }: Order) => ({
  created_at: Math.floor(createdAt.getTime() / 1_000),
  size: `${widthPx}x${heightPx}`,
  quality: "auto" as const,
  background: "opaque" as const,
});

/** As many as were asked for, at even steps of the whole order; the last ones where it is further on already. */
function showPreviews(
  aria: Pick<Container, "watchOrder">,
  order: Order,
  { previews, send }: { previews: number; send: (event: Event) => void },
): () => void {
  let shown = 0;
  return aria.watchOrder(order.id, {
    stroke(stroke) {
      if (shown >= previews || doneOf(stroke, order.count) < (shown + 1) / (previews + 1)) return;
      const b64_json = Buffer.from(stroke.image).toString("base64");
      const partial_image_index = shown++;
      send({
        type: "image_generation.partial_image",
        b64_json,
        partial_image_index,
        output_format: "jpeg",
        ...usual(order),
      });
    },
  });
}

/** 0..1 of all candidates. */
const doneOf = ({ candidate, step, of }: Stroke, candidates: number): number => (candidate + step / of) / candidates;

async function sendPictures(aria: Container, order: Order, send: (event: Event) => void): Promise<void> {
  for (const { imageUrl } of keptFirst(order)) {
    const b64_json = Buffer.from(await aria.readPng(imageUrl, "candidate")).toString("base64");
    const told = { b64_json, output_format: "png", revised_prompt: order.prompt } as const;
    send({ type: "image_generation.completed", ...told, ...usual(order) });
  }
}

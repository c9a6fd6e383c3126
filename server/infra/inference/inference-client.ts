import { Agent } from "node:http";
import { AriaError, type ErrorCode, HTTP_STATUS } from "#contracts/errors.ts";
import { ErrorReply, InferenceHealth, PaintReply } from "#contracts/generation.ts";
import { LexiconReply, MeaningReply } from "#contracts/lexicon.ts";
import type { ImageGenerator } from "#server/ports.ts";
import { requestJson } from "./request-json.ts";

const HEALTH_TIMEOUT_MS = 3_000;
const WHISPER_TIMEOUT_MS = 500;

const isErrorCode = (code: string): code is ErrorCode => code in HTTP_STATUS;

/** An AriaError that inference threw is thrown again here, whole; anything else it may say means it is not usable. */
export function rethrow(body: unknown): never {
  const reply = ErrorReply.safeParse(body);
  const { code, facts } = reply.success ? reply.data.error : { code: "", facts: {} };
  // The facts were typed by the same contract on the other side of the wire.
  if (isErrorCode(code)) throw new AriaError(code, facts as never);
  throw new AriaError("UNAVAILABLE", { dependency: "inference", reason: "It answered in no known form." });
}

/**
 * A painting may take minutes without a byte, which fetch's fixed header timeout would not survive. `key`: by which inference knows
 * over a network who asks.
 */
export function inferenceClient(
  baseUrl: string,
  { agent = new Agent({ keepAlive: true }), key }: { agent?: Agent; key?: string } = {},
): ImageGenerator {
  const by = { agent, key };
  return {
    async paint(order, signal) {
      const url = new URL("/paint", baseUrl);
      const { status, body } = await requestJson(url, { method: "POST", ...by, signal, json: order });
      return status === 200 ? PaintReply.parse(body) : rethrow(body);
    },
    async cancel(id) {
      const signal = AbortSignal.timeout(HEALTH_TIMEOUT_MS);
      // The order's row says "cancelled" already: an inference server that is away has nothing to stop.
      await requestJson(new URL(`/paint/${id}`, baseUrl), { method: "DELETE", ...by, signal }).catch(() => null);
    },
    async whisper(orderId, thought) {
      const signal = AbortSignal.timeout(WHISPER_TIMEOUT_MS);
      const json = { orderId, thought };
      await requestJson(new URL("/thoughts", baseUrl), { method: "POST", ...by, signal, json }).catch(() => null);
    },
    async health() {
      const signal = AbortSignal.timeout(HEALTH_TIMEOUT_MS);
      const { body } = await requestJson(new URL("/health", baseUrl), { method: "GET", ...by, signal });
      return InferenceHealth.parse(body);
    },
    async meaning(modelId, words) {
      const signal = AbortSignal.timeout(HEALTH_TIMEOUT_MS);
      const json = { modelId, words };
      const { status, body } = await requestJson(new URL("/meanings", baseUrl), {
        method: "POST",
        ...by,
        signal,
        json,
      });
      return status === 200 ? MeaningReply.parse(body).meaning : rethrow(body);
    },
    async lexicon(modelId) {
      const signal = AbortSignal.timeout(HEALTH_TIMEOUT_MS);
      const { status, body } = await requestJson(new URL(`/lexicon/${modelId}`, baseUrl), {
        method: "GET",
        ...by,
        signal,
      });
      return status === 200 ? LexiconReply.parse(body).lexicon : rethrow(body);
    },
  };
}

/** Language models behind one port: any OpenAI-compatible endpoint, Anthropic, Ollama (which speaks OpenAI's protocol). */
import { createAnthropic } from "@ai-sdk/anthropic";
import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import { generateText, type LanguageModel } from "ai";
import {
  BrokenCircuitError,
  ConsecutiveBreaker,
  circuitBreaker,
  handleWhen,
  TaskCancelledError,
  TimeoutStrategy,
  timeout,
  wrap,
} from "cockatiel";
import type { LlmSettings, PromptWriter } from "#server/ports.ts";

/** After so many failures in a row it is left alone for a while, and nobody waits for it. */
const FAILURES = 3;
const LEFT_ALONE_MS = 60_000;
const MOST_TOKENS = 160;

/** Whoever asked went away: that says nothing of who was asked. */
class CallerGone extends Error {}
const itsOwnFault = handleWhen((error) => !(error instanceof CallerGone));

export function promptWriter(settings: LlmSettings, leftAloneMs = LEFT_ALONE_MS): PromptWriter {
  const { provider, model: id, timeoutMs } = settings;
  const model = modelOf(settings);
  const breaker = circuitBreaker(itsOwnFault, {
    halfOpenAfter: leftAloneMs,
    breaker: new ConsecutiveBreaker(FAILURES),
  });
  const policy = wrap(breaker, timeout(timeoutMs, TimeoutStrategy.Aggressive));
  return {
    name: `${id} (${provider})`,
    async write({ system, user }, signal) {
      try {
        const text = await policy.execute(async ({ signal: tooLate }) => {
          const abortSignal = AbortSignal.any([signal, tooLate]);
          const limits = { maxOutputTokens: MOST_TOKENS, maxRetries: 0, abortSignal };
          return await generateText({ model, system, prompt: user, ...limits }).then(
            ({ text: said }) => said,
            (error: unknown) => {
              throw signal.aborted ? new CallerGone() : error;
            },
          );
        });
        return { text, problem: null };
      } catch (error) {
        if (signal.aborted) throw signal.reason;
        if (error instanceof BrokenCircuitError)
          return { text: null, problem: "it is left alone after it failed again and again" };
        const isLate = error instanceof TaskCancelledError;
        return { text: null, problem: isLate ? `it did not answer within ${timeoutMs / 1000} s` : "it failed" };
      }
    },
  };
}

function modelOf({ provider, baseUrl, apiKey, model }: LlmSettings): LanguageModel {
  const key = apiKey === undefined ? {} : { apiKey };
  if (provider === "anthropic") return createAnthropic({ ...(baseUrl && { baseURL: baseUrl }), ...key })(model);
  const usual = provider === "ollama" ? "http://127.0.0.1:11434/v1" : "https://api.openai.com/v1";
  return createOpenAICompatible({ name: provider, baseURL: baseUrl ?? usual, ...key })(model);
}

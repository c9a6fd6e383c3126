import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, expect, it } from "vitest";
import { type FakeLlm, startFakeLlm } from "#tests/fake-llm.ts";
import { promptWriter } from "./prompt-writer.ts";

const never = new AbortController().signal;
const brief = { system: "Word prompts.", user: "a lake" };
let llm: FakeLlm;
beforeEach(async () => {
  llm = await startFakeLlm({ says: "a lake, watercolor" });
});
afterEach(() => llm.close());

const writer = (provider: "openai-compatible" | "anthropic" | "ollama", leftAloneMs?: number) =>
  promptWriter({ provider, model: "tiny", baseUrl: llm.url, apiKey: "k", timeoutMs: 300 }, leftAloneMs);

it.each(["openai-compatible", "anthropic", "ollama"] as const)(
  "asks %s in its own protocol, and once",
  async (provider) => {
    const { name, write } = writer(provider);
    expect(name).toBe(`tiny (${provider})`);
    expect(await write(brief, never)).toEqual({ text: "a lake, watercolor", problem: null });
    expect(llm.asked).toHaveLength(1);
    const [body] = llm.asked;
    expect(body).toMatchObject({ model: "tiny", max_tokens: 160 });
    expect(JSON.stringify(body)).toContain("Word prompts.");
  },
);

it("gives up on one that hangs, in time", async () => {
  llm.manner = "hangs";
  const startedAt = performance.now();
  expect(await writer("openai-compatible").write(brief, never)).toEqual({
    text: null,
    problem: "it did not answer within 0.3 s",
  });
  expect(performance.now() - startedAt).toBeLessThan(2_000);
});

it("leaves one alone that fails three times, and tries again later", async () => {
  llm.manner = "fails";
  const { write } = writer("openai-compatible", 200);
  for (let i = 0; i < 3; i++) expect(await write(brief, never)).toEqual({ text: null, problem: "it failed" });
  expect((await write(brief, never)).problem).toContain("left alone");
  expect(llm.asked).toHaveLength(3);
  llm.manner = { says: "a lake" };
  await sleep(250);
  expect(await write(brief, never)).toEqual({ text: "a lake", problem: null });
});

it("stops asking when whoever asked has gone", async () => {
  llm.manner = "hangs";
  const caller = new AbortController();
  const writing = writer("openai-compatible").write(brief, caller.signal);
  setTimeout(() => caller.abort(new Error("gone")), 30);
  await expect(writing).rejects.toThrow("gone");
});

it("bug: is not left alone because those who asked went away", async () => {
  llm.manner = "hangs";
  const { write } = promptWriter({ provider: "ollama", model: "tiny", baseUrl: llm.url, timeoutMs: 5_000 });
  for (let i = 0; i < 4; i++) {
    const caller = new AbortController();
    setTimeout(() => caller.abort(new Error("gone")), 20);
    await expect(write(brief, caller.signal)).rejects.toThrow("gone");
  }
  llm.manner = { says: "a lake" };
  expect(await write(brief, never)).toEqual({ text: "a lake", problem: null });
});

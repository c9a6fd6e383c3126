import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, it } from "vitest";
import type { ModelCard } from "#contracts/generation.ts";
import { makeTinyModel } from "#tests/tiny-models/make-tiny-model.ts";
import { StudioModels } from "./studio-models.ts";

const modelsDir = mkdtempSync(path.join(tmpdir(), "aria-studio-models-"));
afterAll(() => rmSync(modelsDir, { recursive: true }));
for (const id of ["one", "two"]) makeTinyModel(path.join(modelsDir, id));
makeTinyModel(path.join(modelsDir, "cut-short"), "truncated");
mkdirSync(path.join(modelsDir, "empty"));

async function open(budgetBytes: number) {
  const seen: ModelCard[][] = [];
  const models = new StudioModels({ modelsDir, threads: 1, budgetBytes, onChange: (cards) => seen.push(cards) });
  await models.discover();
  const card = (id: string) => seen.at(-1)?.find((one) => one.id === id);
  return { models, seen, card };
}

it("lists the folders that are models, cold until one is wanted", async () => {
  const { card, seen } = await open(1e9);
  expect(seen.at(-1)?.map(({ id }) => id)).toEqual(["cut-short", "one", "two"]);
  expect(card("one")).toMatchObject({ title: "Tiny", state: "cold", hash: null, nativeSizePx: 64 });
});

it("loads and warms the one that is wanted, and tells how far it has come", async () => {
  const { models, card, seen } = await open(1e9);
  const lease = await models.lease("one");
  expect(card("one")).toMatchObject({ state: "ready", progress: 1, hash: lease.model.hash });
  const states = seen.map((cards) => cards.find(({ id }) => id === "one")?.state);
  expect([...new Set(states)]).toEqual(["cold", "loading", "warming", "ready"]);
  await lease[Symbol.asyncDispose]();
});

it("lets one go for another when both do not fit, and says BUSY while it is in use", async () => {
  const { models, card } = await open(40_000);
  const first = await models.lease("one");
  await expect(models.lease("two")).rejects.toMatchObject({ code: "BUSY" });
  await first[Symbol.asyncDispose]();
  const second = await models.lease("two");
  expect([card("one")?.state, card("two")?.state]).toEqual(["cold", "ready"]);
  await second[Symbol.asyncDispose]();
});

it("warms a model that fills holes and does nothing else", async () => {
  const golden = path.resolve("tests/golden/pipelines");
  const cards: ModelCard[][] = [];
  const models = new StudioModels({
    modelsDir: golden,
    threads: 1,
    budgetBytes: 1e9,
    onChange: (all) => cards.push(all),
  });
  await models.discover();
  await using lease = await models.lease("inpaint");
  expect(lease.model.inpaints).toBe(true);
  expect(cards.at(-1)?.find(({ id }) => id === "inpaint")?.state).toBe("ready");
});

it("says which model is not there and which cannot be read", async () => {
  const { models, card } = await open(1e9);
  await expect(models.lease("nobody")).rejects.toMatchObject({ code: "NOT_FOUND", facts: { id: "nobody" } });
  await expect(models.lease("cut-short")).rejects.toMatchObject({ facts: { reason: "model_unreadable" } });
  expect(card("cut-short")).toMatchObject({ state: "failed", failure: "The model's files are missing or damaged." });
});

it("bug: a model that begins to be opened while she looks around stays open", async () => {
  const { models, card } = await open(1e9);
  const began = performance.now();
  await models.discover();
  const lookMs = performance.now() - began;
  for (let share = 0; share < 1; share += 0.05) {
    const looking = models.discover();
    const until = performance.now() + lookMs * share;
    while (performance.now() < until) await new Promise((resolve) => setImmediate(resolve));
    await models.act("load", "one");
    await looking;
    expect(card("one")?.state).toBe("ready");
    await models.act("unload", "one");
  }
});

import { afterAll, expect, it } from "vitest";
import { ArtworkId } from "#contracts/artwork.ts";
import { WriteFlagInput } from "#contracts/flags.ts";
import { PlaceOrderInput } from "#contracts/order.ts";
import { createContainer } from "#server/container.ts";
import { prismaFlags } from "#server/infra/prisma/flags.ts";
import type { PromptWriter } from "#server/ports.ts";
import { fakePorts, inMemoryFlags } from "#tests/fakes.ts";
import { seeded } from "#tests/seeded.ts";
import { emptyTables, openTestDatabase } from "#tests/test-database.ts";
import { makeKeepFlags } from "./keep-flags.ts";

const db = openTestDatabase();
afterAll(() => db.$disconnect());
const now = () => new Date("2026-01-01T00:00:00Z");

const halves = WriteFlagInput.parse({
  id: "prompt-template",
  isOn: true,
  rules: [],
  shares: { plain: 50, "with-light": 50 },
});

async function paintAndReact(aria: ReturnType<typeof createContainer>, action: "love" | "delete") {
  const { id } = await aria.placeOrder(PlaceOrderInput.parse({ prompt: "a fox" }));
  await aria.paintOrder(id, new AbortController().signal);
  const artworkId = ArtworkId.parse((await aria.orders.get(id))!.artworkId);
  await aria.giveFeedback(artworkId, action);
  return { id, artworkId };
}

it("an order is given a template when it is placed, and what becomes of it is known by that", async () => {
  await emptyTables(db);
  const flagRepo = prismaFlags(db);
  const aria = createContainer(fakePorts({ flagRepo }));
  await aria.flags.write(halves);
  const orders = [];
  for (let i = 0; i < 12; i++) orders.push(await paintAndReact(aria, i % 3 === 0 ? "delete" : "love"));
  // What is thought of it later, or taken back, is not its first verdict.
  await aria.giveFeedback(orders[0]!.artworkId, "love");
  await aria.takeBackFeedback(orders[1]!.artworkId, "love");
  const { comparisons, alpha } = await aria.flags.experiment("prompt-template");
  const [verdict, score] = comparisons;
  expect(alpha).toBe(0.05);
  for (const { arms } of comparisons) expect(arms[0].count + arms[1].count).toBe(12);
  expect(Math.min(...verdict!.arms.map(({ count }) => count))).toBeGreaterThan(0);
  const total = verdict!.arms.reduce((sum, { mean, count }) => sum + (mean ?? 0) * count, 0);
  expect(total).toBeCloseTo(8, 9);
  expect(verdict!.path.at(-1)).toMatchObject({ n: 12 });
  expect([verdict!.decided, score!.decided]).toEqual([null, null]);
  const exposed = (await aria.flags.list()).find(({ name }) => name === "prompt-template")!.exposures;
  expect(exposed.reduce((sum, { subjects }) => sum + subjects, 0)).toBe(12);
});

it("what a person words is given no template, and what a rule gave is no part of the comparison", async () => {
  const aria = createContainer(fakePorts());
  await aria.flags.write({ ...halves, rules: [{ role: "admin", variant: "with-light" }] });
  await aria.placeOrder(PlaceOrderInput.parse({ prompt: "a fox", enhance: false }));
  await aria.placeOrder(PlaceOrderInput.parse({ prompt: "a fox", edited: "a red fox" }));
  expect((await aria.flags.list())[0]!.exposures).toEqual([]);
  await aria.asCaller({ role: "admin", personId: null }, () => paintAndReact(aria, "love"));
  expect((await aria.flags.list())[0]!.exposures).toMatchObject([{ variant: "with-light", subjects: 1 }]);
  const { comparisons } = await aria.flags.experiment("prompt-template");
  expect(comparisons.map(({ path }) => path)).toEqual([[], []]);
});

it("tells which is better once that is clear, in few points however many there are", async () => {
  const flagRepo = inMemoryFlags();
  const rng = seeded(21);
  const at = now();
  for (let i = 0; i < 900; i++) {
    const variant = rng() < 0.5 ? "with-light" : "plain";
    const subject = `order ${i}`;
    await flagRepo.expose({ flag: "prompt-template", subject, variant, reason: "SPLIT", share: 0.5, at });
    const value = rng() < (variant === "plain" ? 0.75 : 0.45) ? 1 : 0;
    await flagRepo.observe(subject, { kind: "verdict", value, at });
  }
  const [verdict, score] = (await makeKeepFlags({ flagRepo, now }).experiment("prompt-template")).comparisons;
  expect(verdict!.decided).toMatchObject({ isBetter: false });
  expect(verdict!.arms.map(({ variant }) => variant)).toEqual(["plain", "with-light"]);
  expect(verdict!.path.length).toBeLessThanOrEqual(120);
  expect(verdict!.path.at(-1)!.n).toBe(900);
  expect(verdict!.path.at(-1)!.upper).toBeLessThan(0);
  expect(score).toMatchObject({ path: [], decided: null, arms: [{ count: 0, mean: null }, { count: 0 }] });
});

it("compares no three", async () => {
  const keep = makeKeepFlags({ flagRepo: inMemoryFlags(), now });
  await expect(keep.experiment("own-candidates")).rejects.toMatchObject({ code: "INVALID", facts: { field: "flag" } });
});

it.each([
  ["shares of other variants", { shares: { plain: 50, gone: 50 } }, "shares", "must name plain, with-light"],
  ["shares that leave some out", { shares: { plain: 100 } }, "shares", "must name plain, with-light"],
  ["shares that are not all", { shares: { plain: 50, "with-light": 40 } }, "shares", "must add up to 100"],
  ["half a per cent", { shares: { plain: 99.5, "with-light": 0.5 } }, "shares", "must be a whole number"],
  ["a rule for nothing", { rules: [{ role: "admin", variant: "gone" }] }, "rules", "must give plain, with-light"],
  ["a flag that is none", { id: "gone" }, "id", "Invalid option"],
])("refuses %s", (_what, part, field, reason) => {
  const { error } = WriteFlagInput.safeParse({ ...halves, ...part });
  expect(error?.issues[0]?.path[0]).toBe(field);
  expect(error?.issues[0]?.message).toContain(reason);
});

it("asks a language model only where its flag lets it, for orders and for whoever asks", async () => {
  let asked = 0;
  const writer: PromptWriter = {
    name: "the model",
    write: async () => {
      asked++;
      return { text: null, problem: "it was asked" };
    },
  };
  const aria = createContainer(fakePorts({ writer }));
  const propose = () =>
    aria.asCaller({ role: "member", personId: "ada" }, () =>
      aria.proposePrompt({ theme: "a fox" }, new AbortController().signal),
    );
  expect((await propose()).note).toContain("it was asked");
  await paintAndReact(aria, "love");
  expect(asked).toBe(2);
  await aria.flags.write({ id: "language-model", isOn: true, rules: [], shares: { on: 0, off: 100 } });
  expect((await propose()).note).toBeNull();
  await paintAndReact(aria, "love");
  expect(asked).toBe(2);
});

it("paints as many pictures of her own accord as its flag says", async () => {
  const ports = fakePorts();
  const aria = createContainer(ports);
  await aria.flags.write({ id: "own-candidates", isOn: true, rules: [], shares: { one: 0, three: 0, five: 100 } });
  const [herself] = await aria.artists.list();
  const due = { isOn: true, quietFrom: 0, quietTo: 0, dailyBudget: 6, nextAt: new Date("2025-12-31T00:00:00Z") };
  await ports.artists.setAutonomy(herself!.id, due);
  expect((await aria.actAlone()).map(({ count }) => count)).toEqual([5]);
});

import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { PaintOrder, Sampler } from "#contracts/generation.ts";
import { readModelFolder } from "#inference/models/model-folder.ts";
import { smallOrder } from "#tests/small-order.ts";
import { makeTinyModel } from "#tests/tiny-models/make-tiny-model.ts";
import { type Checkpoints, checkpointsIn, sweepCheckpoints } from "./checkpoints.ts";
import { paintOrder } from "./paint-order.ts";
import { openPipeline, type Pipeline } from "./pipeline.ts";

const dir = mkdtempSync(path.join(tmpdir(), "aria-checkpoints-"));
let tiny: Pipeline;
beforeAll(async () => {
  const folder = await readModelFolder(makeTinyModel(path.join(dir, "tiny")));
  tiny = await openPipeline(folder, { threads: 1, onProgress: () => {} });
});
afterAll(async () => {
  await tiny.release();
  rmSync(dir, { recursive: true });
});

const order = (part: object = {}) =>
  PaintOrder.parse(smallOrder({ modelId: "tiny", steps: 6, seeds: [5, 6], underpainting: 0.8, ...part }));
const kept = (asked: PaintOrder): Checkpoints =>
  checkpointsIn(path.join(dir, "kept"), asked, { arithmetic: tiny.hash, everyMs: 0 });

/** Breaks off after so many glimpses, as a kill does: what is on disk is all that is left. */
async function paint(asked: PaintOrder, breakAfter = Number.POSITIVE_INFINITY) {
  let seen = 0;
  const painted = await paintOrder(
    tiny,
    asked,
    {
      onGlimpse: () => {},
      isCancelled: async () => {
        if (++seen > breakAfter) throw new Error("killed");
        return false;
      },
    },
    kept(asked),
  );
  return { seen, pngs: painted.candidates.map(({ png }) => Buffer.from(png).toString("base64")) };
}

describe.each(Sampler.options.filter((sampler) => sampler !== "flow-euler"))("with %s", (sampler) => {
  it("ends in the same pixels, wherever it was broken off", async () => {
    const whole = await paint(order({ sampler }));
    for (let at = 1; at < whole.seen; at++) {
      const asked = order({ sampler });
      await expect(paint(asked, at)).rejects.toThrow("killed");
      const rest = await paint(asked);
      expect(rest.pngs).toEqual(whole.pngs);
      // A step of the last candidate, and the glimpse of its sketch: not all of it once more.
      expect(rest.seen).toBeLessThanOrEqual(whole.seen - at + 2);
    }
  });
});

it("goes on a second time, after being broken off twice", async () => {
  const whole = await paint(order());
  const asked = order();
  await expect(paint(asked, 2)).rejects.toThrow("killed");
  await expect(paint(asked, 2)).rejects.toThrow("killed");
  expect((await paint(asked)).pngs).toEqual(whole.pngs);
});

it("begins anew where another order was kept under its id, or the file is damaged", async () => {
  const [asked, other] = [order(), order({ prompt: "fog" })];
  await expect(paint(asked, 4)).rejects.toThrow("killed");
  expect(kept({ ...other, orderId: asked.orderId }).standing).toEqual({ candidates: [], step: null });
  expect(kept(asked).standing.step).not.toBeNull();
  writeFileSync(path.join(dir, "kept", asked.orderId, "step"), "torn");
  expect(kept(asked).standing.step).toBeNull();
  expect((await paint(asked)).pngs).toEqual((await paint(order())).pngs);
});

it("leaves nothing behind when it is done, and what nobody came back for is swept after a day", async () => {
  const [done, left] = [order(), order()];
  await paint(done);
  await expect(paint(left, 3)).rejects.toThrow("killed");
  const names = () => readdirSync(path.join(dir, "kept"));
  expect(names()).toContain(left.orderId);
  expect(names()).not.toContain(done.orderId);
  sweepCheckpoints(path.join(dir, "kept"), Date.now());
  expect(names()).toContain(left.orderId);
  const old = new Date(Date.now() - 25 * 3_600_000);
  utimesSync(path.join(dir, "kept", left.orderId), old, old);
  sweepCheckpoints(path.join(dir, "kept"), Date.now());
  expect(names()).not.toContain(left.orderId);
  sweepCheckpoints(path.join(dir, "nowhere"), Date.now());
});

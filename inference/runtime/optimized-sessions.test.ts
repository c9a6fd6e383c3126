import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, it } from "vitest";
import { makeTinyModel } from "#tests/tiny-models/make-tiny-model.ts";
import { Session } from "./session.ts";

const dir = mkdtempSync(path.join(tmpdir(), "aria-sessions-"));
afterAll(() => rmSync(dir, { recursive: true }));
const file = path.join(makeTinyModel(path.join(dir, "tiny")), "unet/model.onnx");
const sessions = path.join(dir, "sessions");

async function answer(modelHash: string): Promise<readonly number[]> {
  const cache = { dir: sessions, modelId: "tiny", modelHash };
  const session = await Session.open(file, "tiny", { threads: 1, spin: false, cache });
  const sample = { data: Float32Array.from({ length: 64 }, (_, i) => Math.sin(i)), dims: [1, 4, 4, 4] };
  const hidden = { data: new Float32Array(32).fill(0.3), dims: [1, 8, 4] };
  const { out_sample } = await session.run({
    sample,
    timestep: { data: [7], dims: [1] },
    encoder_hidden_states: hidden,
  });
  await session.release();
  return [...out_sample!.data];
}

it("keeps the optimised graph, answers the same from it, and mends one that is damaged", async () => {
  const first = await answer("aaa");
  const [kept] = readdirSync(sessions);
  expect(kept).toMatch(/^tiny\.unet\.aaa-[0-9a-f]{12}$/);
  expect(await answer("aaa")).toEqual(first);
  writeFileSync(path.join(sessions, kept!, "model.onnx"), "torn");
  expect(await answer("aaa")).toEqual(first);
  expect(await answer("aaa")).toEqual(first);
});

it("lets an older graph of the same part go when the model has changed", async () => {
  await answer("aaa");
  await answer("bbb");
  expect(readdirSync(sessions).map((name) => name.split("-")[0])).toEqual(["tiny.unet.bbb"]);
});

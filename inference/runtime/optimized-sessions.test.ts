import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, it } from "vitest";
import { makeTinyModel } from "#tests/tiny-models/make-tiny-model.ts";
import { sweepSessions } from "./optimized-sessions.ts";
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
  const [kept] = readdirSync(path.join(sessions, "tiny"));
  expect(kept).toMatch(/^unet\.aaa-[0-9a-f]{12}$/);
  expect(await answer("aaa")).toEqual(first);
  writeFileSync(path.join(sessions, "tiny", kept!, "model.onnx"), "torn");
  expect(await answer("aaa")).toEqual(first);
  expect(await answer("aaa")).toEqual(first);
});

it("lets an older graph of the same part go when the model has changed", async () => {
  await answer("aaa");
  await answer("bbb");
  expect(readdirSync(path.join(sessions, "tiny")).map((name) => name.split("-")[0])).toEqual(["unet.bbb"]);
});

it("opens a sound model though the folder cannot be written to", async () => {
  const blocked = path.join(dir, "blocked");
  writeFileSync(blocked, "a file where a folder should be");
  const cache = { dir: blocked, modelId: "tiny", modelHash: "aaa" };
  const session = await Session.open(file, "tiny", { threads: 1, spin: false, cache });
  expect(session.inputNames).toContain("sample");
  await session.release();
});

it("is swept of models that are no more, and of what a kill left half written", async () => {
  await answer("bbb");
  const [partial, old] = [path.join(sessions, "tiny/.half"), new Date(Date.now() - 7_200_000)];
  mkdirSync(partial);
  utimesSync(partial, old, old);
  mkdirSync(path.join(sessions, "gone"));
  sweepSessions(sessions, ["tiny"], Date.now());
  expect(readdirSync(sessions)).toEqual(["tiny"]);
  expect(readdirSync(path.join(sessions, "tiny")).map((name) => name.split("-")[0])).toEqual(["unet.bbb"]);
  sweepSessions(path.join(dir, "nowhere"), [], Date.now());
});

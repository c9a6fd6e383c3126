import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { UNREAD } from "#contracts/theme.ts";
import { seeded } from "#tests/seeded.ts";
import { makeTinyAesthetic } from "#tests/tiny-models/make-tiny-aesthetic.ts";
import { openAesthetic } from "./aesthetic.ts";
import { agreement } from "./agreement.ts";
import { composition } from "./composition.ts";
import type { Critic, Shown } from "./critic.ts";
import { soundness } from "./soundness.ts";
import { technical } from "./technical.ts";

const dir = mkdtempSync(path.join(tmpdir(), "aria-critics-"));
const file = path.join(dir, "model.onnx");
let aesthetic: Awaited<ReturnType<typeof openAesthetic>>;
beforeAll(async () => {
  makeTinyAesthetic(file);
  aesthetic = await openAesthetic(file, 1);
});
afterAll(async () => {
  await aesthetic.release();
  rmSync(dir, { recursive: true });
});

function shown(seed: number, more: Partial<Shown> = {}): Shown {
  const rng = seeded(seed);
  const [widthPx, heightPx] = [80 + seed, 60];
  const rgb = Uint8Array.from({ length: widthPx * heightPx * 3 }, () => Math.floor(256 * rng()));
  return { picture: { rgb, widthPx, heightPx }, theme: UNREAD, seen: null, ...more };
}
const seen = (share: number) => ({
  theme: { ...UNREAD, scene: "lake" },
  seen: { sight: { scene: { lake: share }, quality: { blur: share } }, embedding: new Float32Array(2) },
});

const CRITICS: readonly [name: string, critic: () => Critic][] = [
  ["technical", () => technical],
  ["composition", () => composition],
  ["agreement", () => agreement],
  ["soundness", () => soundness],
  ["aesthetic", () => aesthetic],
];

describe.each(CRITICS)("%s keeps the critics' contract", (_name, critic) => {
  const pictures = [shown(1, seen(0.25)), shown(2, seen(0.75)), shown(3, seen(1))];

  it("says of several what it says of each, in their order, within 1e-4 and between 0 and 1", async () => {
    const together = await critic().judge(pictures);
    expect(together).toHaveLength(pictures.length);
    for (const [i, scores] of together.entries()) {
      const [alone] = await critic().judge([pictures[i]!]);
      for (const [name, value] of Object.entries(scores)) {
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThanOrEqual(1);
        expect(Math.abs(value! - alone![name as keyof typeof alone]!)).toBeLessThan(1e-4);
      }
    }
  });

  it("says the same twice, and something else of something else", async () => {
    const first = await critic().judge(pictures);
    expect(await critic().judge(pictures)).toEqual(first);
    expect(first[0]).not.toEqual(first[1]);
  });
});

it("says nothing of what nobody could see or nobody asked for", async () => {
  expect(await agreement.judge([shown(1)])).toEqual([{ agreement: null }]);
  expect(await agreement.judge([shown(1, { ...seen(1), theme: UNREAD })])).toEqual([{ agreement: null }]);
  expect(await soundness.judge([shown(1)])).toEqual([{ soundness: null }]);
});

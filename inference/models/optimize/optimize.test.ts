import { cpSync, existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, it } from "vitest";
import { readModelFolder } from "#inference/models/model-folder.ts";
import { multipliesBytes } from "#inference/runtime/cpu.ts";
import { optimizeModel } from "./optimize.ts";

const dir = mkdtempSync(path.join(tmpdir(), "aria-optimize-"));
afterAll(() => rmSync(dir, { recursive: true }));

async function copyOf(model: string) {
  const own = path.join(dir, model);
  cpSync(path.join("tests/golden/pipelines", model), own, { recursive: true });
  return readModelFolder(own);
}

it.skipIf(!multipliesBytes())(
  "a recipe is there after, and only after, its pictures came through the gate",
  async () => {
    const folder = await copyOf("sd15");
    const file = path.join(folder.dir, "unet/recipe.json");
    writeFileSync(file, "what an older version measured");
    const told: number[] = [];
    const { int8, attention, shortOf, encoders } = await optimizeModel(folder, {
      pictures: 2,
      threads: 1,
      leastEncoderBytes: 0,
      onProgress: (painted, of) => told.push(painted / of),
    });
    expect(told).toEqual([0.25, 0.5, 0.75, 1]);
    expect(attention).toBeNull();
    expect(int8).toMatchObject({ pictures: 1, agreementLost: null, soundnessLost: null });
    // Bytes are not floats; and so small a model has nothing to gain by them, or little to lose.
    expect(int8!.meanPsnr).toBeGreaterThan(15);
    expect(int8!.meanPsnr).toBeLessThan(80);
    expect(existsSync(file)).toBe(shortOf.length === 0);
    expect(encoders).toMatchObject([{ part: "text_encoder", themes: 2 }]);
    expect(encoders[0]!.meanCosine).toBeGreaterThan(0.999);
    expect(encoders[0]!.meanCosine).toBeLessThan(1);
    const { encoderRecipes } = await readModelFolder(folder.dir);
    expect(encoderRecipes.text_encoder?.weights !== undefined).toBe(encoders[0]!.shortOf.length === 0);
    if (existsSync(file)) expect((await readModelFolder(folder.dir)).recipe?.int8?.measured.pictures).toBe(1);
  },
);

it("a model that fills holes alone is refused, and nothing is written", async () => {
  const folder = await copyOf("inpaint");
  await expect(optimizeModel(folder, { pictures: 1, threads: 1, onProgress: () => {} })).rejects.toMatchObject({
    code: "INVALID",
    facts: { field: "id", reason: expect.stringContaining("whole pictures") },
  });
  expect(existsSync(path.join(folder.dir, "unet/recipe.json"))).toBe(false);
});

import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, it } from "vitest";
import { fingerprintOf, readRecipe } from "./recipe.ts";

const dir = mkdtempSync(path.join(tmpdir(), "aria-recipe-"));
afterAll(() => rmSync(dir, { recursive: true }));

it("is for the very graph it was measured with, weights beside it included", async () => {
  const unet = path.join(dir, "model.onnx");
  const write = (recipe: unknown) => writeFileSync(path.join(dir, "recipe.json"), JSON.stringify(recipe));
  cpSync("tests/golden/pipelines/sd15/unet/model.onnx", unet);
  writeFileSync(path.join(dir, "model.onnx_data"), "weights");
  expect(await readRecipe(unet)).toBeNull();
  const recipe = { graph: await fingerprintOf(unet), attention: null, int8: null, weights: null };
  write(recipe);
  expect(await readRecipe(unet)).toEqual(recipe);
  writeFileSync(path.join(dir, "model.onnx_data"), "Weights");
  expect(await readRecipe(unet)).toBeNull();
  write({ ...recipe, graph: await fingerprintOf(unet), int8: { ranges: {}, measured: { meanPsnr: null } } });
  expect(await readRecipe(unet)).toBeNull();
  writeFileSync(path.join(dir, "recipe.json"), "{");
  expect(await readRecipe(unet)).toBeNull();
});

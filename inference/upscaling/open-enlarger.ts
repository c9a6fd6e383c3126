/** Super-resolution networks: the one in a model folder, or any ONNX file that takes a picture and gives a larger one. */
import { existsSync } from "node:fs";
import path from "node:path";
import { AriaError } from "#contracts/errors.ts";
import { Session } from "#inference/runtime/session.ts";
import type { Enlarger } from "./tiled.ts";

const TILE_PX = 256;
/** The smallest that any network of the kind takes. */
const PROBE_PX = 64;
const LARGEST_STEP = 8;

/**
 * `from` is a model folder with an upscaler, or a file: [batch, 3, height, width] in 0..1 as Real-ESRGAN's exports have
 * it. Throws INVALID where it enlarges by no whole number from 2 to 8.
 */
export async function openEnlarger(from: string, threads: number): Promise<Enlarger & { release(): Promise<void> }> {
  const own = path.join(from, "upscaler/model.onnx");
  const isOwn = existsSync(own);
  const session = await Session.open(isOwn ? own : from, path.basename(from), { threads, spin: true });
  const input = session.inputNames[0] ?? "input";
  const fixedPx = session.fixedSize(input, 2);
  const tilePx = fixedPx ?? TILE_PX;
  const run: Enlarger["run"] = async (tile) => (await session.run({ [input]: tile }))[session.outputNames[0] ?? ""]!;
  const probePx = fixedPx ?? PROBE_PX;
  const probed = await run({ data: new Float32Array(3 * probePx * probePx), dims: [1, 3, probePx, probePx] }).catch(
    () => null,
  );
  const by = (probed?.dims[2] ?? 0) / probePx;
  if (!Number.isInteger(by) || by < 2 || by > LARGEST_STEP || probed?.dims[1] !== 3) {
    await session.release();
    throw new AriaError("INVALID", {
      field: "model",
      reason: `must enlarge a picture 2 to ${LARGEST_STEP} times; it gives ${probed?.dims.join(" × ") ?? "nothing"} for ${probePx} px`,
    });
  }
  return {
    by,
    tilePx,
    // The built-in network folds pixels by twos; exports of the other kind take any size.
    multipleOf: 2,
    isFixed: fixedPx !== null,
    range: isOwn ? [-1, 1] : [0, 1],
    run,
    release: () => session.release(),
  };
}

/** `npm run bench -- swaps [TIMES]`: two tiny models that do not fit together, taken in turns: memory, and time a swap. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { StudioModels } from "#inference/models/studio-models.ts";
import { makeTinyModel } from "#tests/tiny-models/make-tiny-model.ts";
import { report } from "./figures.ts";

/** What JavaScript has let go of but not given back says nothing of what the models hold. */
function collectGarbage(): void {
  setFlagsFromString("--expose-gc");
  (runInNewContext("gc") as () => void)();
}

/** Room for one of them. */
const BUDGET_BYTES = 60_000;
const WARM = 100;

export async function swaps([times = "1000"]: readonly string[]): Promise<void> {
  const dir = mkdtempSync(path.join(tmpdir(), "aria-swaps-"));
  for (const id of ["a", "b"]) makeTinyModel(path.join(dir, id));
  const models = new StudioModels({ modelsDir: dir, threads: 1, budgetBytes: BUDGET_BYTES, onChange: () => {} });
  await models.discover();
  const swap = async (count: number) => {
    for (let i = 0; i < count; i++) {
      const lease = await models.lease(i % 2 === 0 ? "a" : "b");
      await lease[Symbol.asyncDispose]();
    }
    collectGarbage();
    return process.memoryUsage.rss();
  };
  const before = await swap(WARM);
  const startedAt = performance.now();
  const after = await swap(Number(times));
  report(`a swap of two tiny models, mean of ${times}`, (performance.now() - startedAt) / Number(times), "ms");
  report(`memory after ${WARM} swaps`, before / 1e6, "MB");
  report(`memory after ${times} more, over that`, after / before, "ratio");
  rmSync(dir, { recursive: true });
}

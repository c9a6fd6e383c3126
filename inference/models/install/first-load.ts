/**
 * A child that is thrown away: opens a model for the first time and paints a picture of two steps with it. What goes wrong in native
 * code goes wrong here; what it takes is measured here. Forked by try-model.ts.
 */
import { isAriaError } from "#contracts/errors.ts";
import { readModelFolder } from "#inference/models/model-folder.ts";
import { openPipeline } from "#inference/pipelines/pipeline.ts";
import { probe } from "#inference/pipelines/probe.ts";

export type FirstLoad =
  | { readonly kind: "opened"; readonly residentBytes: number }
  | { readonly kind: "refused"; readonly reason: string };

const PROBE = { sidePx: 128, steps: 2 };

async function load(dir: string, threads: number): Promise<FirstLoad> {
  const folder = await readModelFolder(dir);
  const before = process.memoryUsage.rss();
  const pipeline = await openPipeline(folder, { threads, onProgress: () => {} });
  await probe(pipeline, { ...PROBE, sidePx: Math.min(folder.nativeSizePx, PROBE.sidePx) });
  return { kind: "opened", residentBytes: Math.max(process.memoryUsage.rss() - before, folder.bytes) };
}

process.on("disconnect", () => process.exit(1));
const [dir = "", threads = "1"] = process.argv.slice(2);
const said = await load(dir, Number(threads)).catch(
  (error: unknown): FirstLoad => ({ kind: "refused", reason: reasonOf(error) }),
);
process.send?.(said, () => process.exit(0));

function reasonOf(error: unknown): string {
  if (!isAriaError(error)) return String(error);
  const cause = error.cause ? `: ${String(error.cause).split("\n")[0]?.slice(0, 200)}` : "";
  return "reason" in error.facts ? `${error.facts.reason}${cause}` : `${error.code}${cause}`;
}

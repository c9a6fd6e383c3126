/**
 * A child that does one task and ends: what hashes, unpacks and computes for minutes keeps neither the sockets nor a
 * painting waiting. Forked by model-tasks.ts; to cancel it is to kill it, and an install goes on from there next time.
 */
import type { TaskInput } from "#contracts/models.ts";
import { install, modelDir, verifyModel } from "#inference/models/install/install.ts";
import { readModelFolder } from "#inference/models/model-folder.ts";
import { DEFAULT_PICTURES, optimizeModel } from "#inference/models/optimize/optimize.ts";
import { tell } from "#inference/runtime/told-error.ts";
import type { FromTask, TaskSettings, ToTask } from "./task-messages.ts";

const send = (message: FromTask, then = () => {}) => process.send?.(message, then);

interface Ended {
  readonly outcome: string;
  readonly isSound: boolean;
}
const well = (outcome: string): Ended => ({ outcome, isSound: true });

async function perform(input: TaskInput, settings: TaskSettings): Promise<Ended> {
  const { modelsDir, threads } = settings;
  switch (input.kind) {
    case "install": {
      const options = { ...settings, ...input, trial: { env: process.env, threads } };
      const record = await install(input.from, options, (progress) => {
        if (progress.kind === "bytes") send({ type: "progress", done: progress.done, of: progress.of, unit: "bytes" });
      });
      return well(`${record.id} is here. It holds ${Math.ceil(record.measured.residentBytes / 1e6)} MB in memory.`);
    }
    case "verify": {
      const onProgress = (done: number, of: number) => send({ type: "progress", done, of, unit: "files" });
      const problems = await verifyModel(modelsDir, input.modelId, onProgress);
      if (problems.length === 0) return well("Every file is as it came.");
      const told = problems.map(({ file, problem }) => `${file} (${problem})`).join(", ");
      return { outcome: `Not as it came: ${told}.`, isSound: false };
    }
    case "optimize": {
      const folder = await readModelFolder(modelDir(modelsDir, input.modelId));
      const onProgress = (done: number, of: number) => send({ type: "progress", done, of, unit: "pictures" });
      const { attention, int8, shortOf, encoders } = await optimizeModel(folder, {
        pictures: DEFAULT_PICTURES,
        threads,
        onProgress,
      });
      const fused = attention ? `Fused attention makes a step ${attention.speedup.toFixed(2)} times as fast. ` : "";
      const lighter = encoders.filter((encoder) => encoder.shortOf.length === 0);
      const read = lighter.length > 0 ? " What reads its prompts keeps its weights in eight bits." : "";
      if (shortOf.length > 0 || !int8) return well(`${fused}It stays in floats: ${shortOf.join(", ")}.${read}`);
      return well(
        `${fused}A step is ${int8.speedup.toFixed(1)} times as fast in eight bits, at ${int8.meanPsnr.toFixed(0)} dB from the same pictures in floats.${read}`,
      );
    }
  }
}

process.once("message", ({ input, settings }: ToTask) => {
  const end = () => process.exit(0);
  perform(input, settings).then(
    (ended) => send({ type: "done", ...ended }, end),
    (error: unknown) => send({ type: "failed", ...tell(error) }, end),
  );
});
process.on("disconnect", () => process.exit(1));
process.on("SIGINT", () => {});

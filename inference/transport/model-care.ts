/** Models looked after: each verb done on the disk, and on every engine that has to know of it. */
import { AriaError, isAriaError } from "#contracts/errors.ts";
import type { ModelTask } from "#contracts/models.ts";
import { DEFAULT_MODEL } from "#contracts/terms.ts";
import { readCatalogue } from "#inference/models/catalogue.ts";
import { planInstall, refuseToRemove, removeModel } from "#inference/models/install/install.ts";
import { ModelTasks } from "#inference/models/tasks/model-tasks.ts";
import type { TaskSettings } from "#inference/models/tasks/task-messages.ts";
import type { EngineClient } from "#inference/runtime/engine-client.ts";
import type { ModelDeps } from "./model-routes.ts";

type Engines = readonly Pick<EngineClient, "act" | "discover" | "holds">[];

interface Options extends TaskSettings {
  readonly env: NodeJS.ProcessEnv;
  readonly onError: (error: unknown) => void;
}

export function careForModels(engines: Engines, { env, onError, ...settings }: Options): ModelDeps & { close(): void } {
  const onEnd = (task: ModelTask) => void refresh(engines, task).catch(onError);
  const tasks = new ModelTasks({ ...settings, env, onEnd });
  const { modelsDir, threads } = settings;
  return {
    tasks,
    catalogue: readCatalogue,
    act: (action, id) => onAll(engines, (engine) => engine.act(action, id)),
    plan: (input) => planInstall(input.from, { ...settings, ...input, trial: { env, threads } }),
    async remove(id) {
      refuseToRemove(modelsDir, id, DEFAULT_MODEL);
      if (tasks.list().some(({ subject, state }) => subject === id && state === "running"))
        throw new AriaError("CONFLICT", { reason: `${id} is being seen to; stop that first.` });
      // Its files are not taken from under it.
      await onAll(engines, (engine) => engine.act("unload", id)).catch((error: unknown) => {
        if (!isAriaError(error) || error.code !== "NOT_FOUND") throw error;
      });
      await removeModel(modelsDir, id, DEFAULT_MODEL);
      await onAll(engines, (engine) => engine.discover());
    },
    close: () => tasks.close(),
  };
}

/** One that refuses or does not answer keeps no other from it, and is told of. */
async function onAll(engines: Engines, work: (engine: Engines[number]) => Promise<void>): Promise<void> {
  const ended = await Promise.allSettled(engines.map(work));
  const refused = ended.find((end) => end.status === "rejected");
  if (refused) throw refused.reason;
}

/**
 * A task may have brought a model, or found out how one is painted with faster: an engine lets go of what has changed as
 * it looks again, and opens it anew.
 */
function refresh(engines: Engines, { kind, subject, state }: ModelTask): Promise<void> {
  return onAll(engines, async (engine) => {
    const wasOpen = engine.holds(subject);
    await engine.discover();
    if (kind === "optimize" && state === "done" && wasOpen) await engine.act("load", subject);
  });
}

/** Looking after models over HTTP: the pool's, the disk's, and what takes minutes. */
import type { z } from "zod";
import { ModelId } from "#contracts/generation.ts";
import {
  type CatalogueEntry,
  InstallInput,
  type InstallPlan,
  ModelAction,
  Nothing,
  TaskInput,
} from "#contracts/models.ts";
import type { ModelTasks } from "#inference/models/tasks/model-tasks.ts";

export interface ModelDeps {
  readonly tasks: Pick<ModelTasks, "list" | "start" | "cancel">;
  /** Of every engine. */
  readonly act: (action: ModelAction, modelId: string) => Promise<void>;
  readonly plan: (input: InstallInput) => Promise<InstallPlan>;
  /** Throws NOT_FOUND, or CONFLICT for the built-in model and for one in use. */
  readonly remove: (modelId: string) => Promise<void>;
  readonly catalogue: () => CatalogueEntry[];
}

interface Call {
  readonly method: string;
  /** What follows /models/. */
  readonly path: readonly string[];
  /** Throws INVALID where it does not fit. */
  readonly body: <T>(schema: z.ZodType<T>) => Promise<T>;
}

/** Undefined where there is no such route. */
export async function routeModels(models: ModelDeps, { method, path, body }: Call): Promise<object | undefined> {
  const [first = "", second] = path;
  switch (`${method} ${first}${second === undefined ? "" : "/*"}`) {
    case "GET tasks":
      return { tasks: models.tasks.list() };
    case "POST tasks":
      return { task: models.tasks.start(await body(TaskInput)) };
    case "DELETE tasks/*":
      return { cancelled: models.tasks.cancel(second!) };
    case "GET catalogue":
      return { catalogue: models.catalogue() };
    case "POST plan":
      return { plan: await models.plan(await body(InstallInput)) };
  }
  const id = ModelId.safeParse(first);
  if (!id.success) return undefined;
  if (method === "DELETE" && second === undefined) {
    await models.remove(id.data);
    return {};
  }
  const action = ModelAction.safeParse(second);
  if (method !== "POST" || !action.success) return undefined;
  // Nothing is in it, but a page of another origin could not send it.
  await body(Nothing);
  await models.act(action.data, id.data);
  return {};
}

/** Models of several inference processes, each with a folder of its own: what is done is done at all of them. */
import { AriaError, type ErrorCode, isAriaError } from "#contracts/errors.ts";
import type { ModelKeeper } from "#server/ports.ts";
import type { InferencePlaces } from "./inference-places.ts";

type KeeperAt = (url: string) => ModelKeeper;

export function modelFleet(places: InferencePlaces, at: KeeperAt): ModelKeeper {
  const everyone = async (): Promise<ModelKeeper[]> => {
    const there = (await places.survey()).filter(({ health }) => health !== null);
    if (there.length === 0) throw new AriaError("UNAVAILABLE", { dependency: "inference" });
    return there.map(({ url }) => at(url));
  };
  const first = async (): Promise<ModelKeeper> => (await everyone())[0]!;
  return {
    act: async (action, modelId) => void (await atAll(await everyone(), (keeper) => keeper.act(action, modelId))),
    remove: async (modelId) => void (await atAll(await everyone(), (keeper) => keeper.remove(modelId))),
    plan: async (input) => (await first()).plan(input),
    async start(input) {
      // Where it is installed already, there is nothing to bring.
      const passing = input.kind === "install" ? "CONFLICT" : "NOT_FOUND";
      const [task] = await atAll(await everyone(), (keeper) => keeper.start(input), passing);
      return task!;
    },
    tasks: async () => (await Promise.all((await everyone()).map((keeper) => keeper.tasks()))).flat(),
    cancel: async (id) => (await Promise.all((await everyone()).map((keeper) => keeper.cancel(id)))).includes(true),
    catalogue: async () => (await first()).catalogue(),
  };
}

/** A place that does not know the model keeps no other from it; throws where it was done nowhere, and what else went wrong. */
async function atAll<T>(
  keepers: readonly ModelKeeper[],
  work: (keeper: ModelKeeper) => Promise<T>,
  passing: ErrorCode = "NOT_FOUND",
): Promise<T[]> {
  const settled = await Promise.allSettled(keepers.map(work));
  const done = settled.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
  const failures: unknown[] = settled.flatMap((one) => (one.status === "rejected" ? [one.reason] : []));
  const grave = failures.find((error) => !isAriaError(error) || error.code !== passing);
  if (grave !== undefined) throw grave;
  if (done.length === 0) throw failures[0];
  return done;
}

import {
  type EvaluationContext,
  FlagNotFoundError,
  type JsonValue,
  type Provider,
  type ResolutionDetails,
  TypeMismatchError,
} from "@openfeature/server-sdk";
import { FLAG_NAMES, FLAGS, type FlagName } from "#contracts/flag-names.ts";
import { Role } from "#contracts/people.ts";
import { chooseVariant } from "#server/domain/flags/choose-variant.ts";
import type { FlagRepo } from "#server/ports.ts";

const isFlag = (name: string): name is FlagName => (FLAG_NAMES as string[]).includes(name);

/** OpenFeature's provider over our own rows. They are read each time: what an admin decides holds from the next order on, everywhere. */
export function databaseProvider(repo: Pick<FlagRepo, "settings">): Provider {
  async function resolve<T>(
    name: string,
    usual: T,
    { targetingKey, role, personId }: EvaluationContext,
  ): Promise<ResolutionDetails<T>> {
    if (!isFlag(name)) throw new FlagNotFoundError(`there is no flag "${name}"`);
    const chosen = chooseVariant(name, await repo.settings(name), {
      subject: targetingKey ?? "",
      role: Role.optional().catch(undefined).parse(role),
      personId: typeof personId === "string" ? personId : undefined,
    });
    const variants: Readonly<Record<string, unknown>> = FLAGS[name].variants;
    const value = variants[chosen.variant];
    if (typeof value !== typeof usual) throw new TypeMismatchError(`"${name}" is no ${typeof usual}`);
    const { variant, reason, share } = chosen;
    return { value: value as T, variant, reason, flagMetadata: { share } };
  }
  return {
    metadata: { name: "aria-database" },
    runsOn: "server",
    resolveBooleanEvaluation: resolve<boolean>,
    resolveStringEvaluation: resolve<string>,
    resolveNumberEvaluation: resolve<number>,
    resolveObjectEvaluation: <T extends JsonValue>(name: string, usual: T, context: EvaluationContext) =>
      resolve<T>(name, usual, context),
  };
}

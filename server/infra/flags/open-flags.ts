import { randomUUID } from "node:crypto";
import {
  AsyncLocalStorageTransactionContextPropagator,
  type Client,
  type Hook,
  OpenFeature,
} from "@openfeature/server-sdk";
import type { Logger } from "pino";
import { FLAGS, type FlagName, type FlagValue } from "#contracts/flag-names.ts";
import type { FlagRepo, Flags } from "#server/ports.ts";
import { databaseProvider } from "./database-provider.ts";

/** Whoever asks without an account sits at the machine itself, or is a visitor. */
const NOBODY = "nobody";

/** Written down before it is used: a variant that nobody could write down is not given. One that is off is nothing to write down. */
const exposing = (repo: FlagRepo, log: Pick<Logger, "warn">): Hook => ({
  async after({ flagKey, context }, { variant, reason, flagMetadata: { share } }) {
    if (reason === "DISABLED" || variant === undefined || context.targetingKey === undefined) return;
    await repo.expose({
      flag: flagKey as FlagName,
      subject: context.targetingKey,
      variant,
      reason: reason ?? "UNKNOWN",
      share: Number(share),
      at: new Date(),
    });
  },
  error: ({ flagKey }, err) => log.warn({ err, flag: flagKey }, "a flag could not be read"),
});

/** Each with a provider of its own, so that tests stand beside each other. */
export function openFlags(repo: FlagRepo, { log }: { log: Pick<Logger, "warn"> }): Flags {
  const domain = randomUUID();
  OpenFeature.setTransactionContextPropagator(propagator);
  OpenFeature.setProvider(domain, databaseProvider(repo));
  const client = OpenFeature.getClient(domain);
  client.addHooks(exposing(repo, log));
  return {
    read: (flag, subject) => readBy(client, flag, subject),
    async given(flag, subject) {
      const variants: Readonly<Record<string, unknown>> = FLAGS[flag].variants;
      const variant = await repo.given(flag, subject);
      return variants[variant !== null && variant in variants ? variant : FLAGS[flag].usual] as FlagValue<typeof flag>;
    },
    as: ({ role, personId }, work) =>
      new Promise((resolve, reject) => {
        const context = { targetingKey: personId ?? NOBODY, role, ...(personId !== null && { personId }) };
        OpenFeature.setTransactionContext(context, () => void work().then(resolve, reject));
      }),
  };
}

const propagator = new AsyncLocalStorageTransactionContextPropagator();

async function readBy<F extends FlagName>(client: Client, flag: F, subject: string | undefined): Promise<FlagValue<F>> {
  const variants: Readonly<Record<string, string | number | boolean>> = FLAGS[flag].variants;
  const usual = variants[FLAGS[flag].usual]!;
  const context = subject === undefined ? {} : { targetingKey: subject };
  const ask = () => {
    if (typeof usual === "boolean") return client.getBooleanValue(flag, usual, context);
    if (typeof usual === "number") return client.getNumberValue(flag, usual, context);
    return client.getStringValue(flag, usual, context);
  };
  return (await ask()) as FlagValue<F>;
}

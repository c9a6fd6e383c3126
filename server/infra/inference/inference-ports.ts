import { Agent } from "node:http";
import type { Env } from "#server/env.ts";
import type { Ports } from "#server/ports.ts";
import { inferenceKey, signTicket } from "#server/transport/tickets.ts";
import { inferenceClient } from "./inference-client.ts";
import { inferenceFleet } from "./inference-fleet.ts";
import { type InferencePlaces, inferencePlaces } from "./inference-places.ts";
import { modelClient } from "./model-client.ts";
import { modelFleet } from "./model-fleet.ts";
import { orderWatcher } from "./order-watcher.ts";

type InferenceEnv = Pick<Env, "INFERENCE_URL" | "TICKET_SECRET">;

/** What is asked of each place, over connections that are kept. */
function dial({ INFERENCE_URL, TICKET_SECRET }: InferenceEnv) {
  const by = { agent: new Agent({ keepAlive: true }), key: inferenceKey(TICKET_SECRET) };
  const known = new Map<string, ReturnType<typeof inferenceClient>>();
  const at = (url: string) => {
    const generator = known.get(url) ?? inferenceClient(url, by);
    known.set(url, generator);
    return generator;
  };
  const places = inferencePlaces(INFERENCE_URL, (url) => at(url).health());
  return { at, keeperAt: (url: string) => modelClient(url, by), places };
}

/** For whoever only passes sockets on to them. */
export const placesOf = (env: InferenceEnv): InferencePlaces => dial(env).places;

export function inferencePorts(env: InferenceEnv): Pick<Ports, "generator" | "watcher" | "modelKeeper"> {
  const { at, keeperAt, places } = dial(env);
  return {
    generator: inferenceFleet(places, at),
    modelKeeper: modelFleet(places, keeperAt),
    watcher: orderWatcher(
      () => socketPlace(places, null),
      (id) => signTicket(env.TICKET_SECRET, id, new Date()),
    ),
  };
}

/** Where a socket belongs that is known by its id already, else any that answers; the first where none does. */
export async function socketPlace(places: InferencePlaces, socketId: string | null): Promise<string> {
  const [first, ...others] = await places.list();
  if (others.length === 0) return first!;
  const there = (await places.survey()).filter(({ health }) => health !== null);
  const own = there.find(({ health }) => socketId?.startsWith(`${health?.processId}.`));
  return (own ?? there[Math.floor(Math.random() * there.length)])?.url ?? first!;
}

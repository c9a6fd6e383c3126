/** A process of its own that reads steadily: who asks is not kept waiting by the sockets of those who watch. */
import { fork } from "node:child_process";
import { once } from "node:events";
import { type ReadFigures, readSteadily } from "./steady-reads.ts";

interface Reads {
  readonly addresses: readonly string[];
  readonly perSecond: number;
}

const READERS = "aria-readers";
const WARM_UP = 40;

/** Reads all of them side by side until the function that comes back is called, which tells the figures of each. */
export function readApart<Name extends string>(reads: Readonly<Record<Name, Reads>>) {
  // Detached: Linux gives each session its share (sched(7), autogroup), and that of who watches is used up by the watching.
  const child = fork(import.meta.filename, [READERS], { execArgv: ["--import", "tsx"], detached: true });
  child.send(reads);
  return async function stop(): Promise<Record<Name, ReadFigures>> {
    const told = once(child, "message");
    child.send("stop");
    const [figures] = await told;
    child.disconnect();
    return figures as Record<Name, ReadFigures>;
  };
}

if (process.argv[2] === READERS) {
  process.once("disconnect", () => process.exit());
  const [reads] = (await once(process, "message")) as [Record<string, Reads>];
  // Its own first steps are not timed.
  for (const { addresses } of Object.values(reads))
    for (const address of addresses.slice(0, WARM_UP)) await (await fetch(address)).arrayBuffer();
  const stops = Object.entries(reads).map(
    ([name, { addresses, perSecond }]) => [name, readSteadily(addresses, perSecond)] as const,
  );
  await once(process, "message");
  const figures = await Promise.all(stops.map(async ([name, stop]) => [name, await stop()] as const));
  process.send?.(Object.fromEntries(figures));
}

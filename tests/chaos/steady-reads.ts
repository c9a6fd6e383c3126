/** Reads at a steady rate, whatever the answers take: an answer is timed from when it was due to be asked for. */
import { percentile } from "../bench/figures.ts";

export interface ReadFigures {
  readonly asked: number;
  /** Each with its first words, a few of them. */
  readonly errors: readonly string[];
  readonly failed: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly longestMs: number;
}

const TOLD_ERRORS = 5;

/** The addresses in turn, `perSecond` of them, until it is stopped; then what is still under way is waited for. */
export function readSteadily(addresses: readonly string[], perSecond: number) {
  const startedAt = performance.now();
  const times: number[] = [];
  const errors: string[] = [];
  const underWay = new Set<Promise<void>>();
  let [asked, failed] = [0, 0];
  const ask = async (address: string, dueAt: number) => {
    try {
      const reply = await fetch(address);
      await reply.arrayBuffer();
      if (!reply.ok) throw new Error(`${reply.status} ${new URL(address).pathname}`);
    } catch (error) {
      failed += 1;
      if (errors.length < TOLD_ERRORS) errors.push(`${error} ${(error as Error).cause ?? ""}`.trim());
    }
    times.push(performance.now() - dueAt);
  };
  const timer = setInterval(() => {
    for (; asked < ((performance.now() - startedAt) / 1000) * perSecond; asked++) {
      const asking = ask(addresses[asked % addresses.length]!, startedAt + (asked / perSecond) * 1000);
      underWay.add(asking);
      void asking.then(() => underWay.delete(asking));
    }
  }, 1);
  return async function stop(): Promise<ReadFigures> {
    clearInterval(timer);
    await Promise.all(underWay);
    const rounded = (p: number) => Math.round(percentile(times, p) * 10) / 10;
    return { asked, failed, errors, p50Ms: rounded(50), p99Ms: rounded(99), longestMs: rounded(100) };
  };
}

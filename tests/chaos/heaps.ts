/** What a program keeps in memory over time: its own metrics' word, each time after it was made to collect. */
import { setTimeout as sleep } from "node:timers/promises";

const MB = 1024 * 1024;
const HEAP = /^nodejs_heap_size_used_bytes (\S+)/m;
const COLLECTED_WITHIN_MS = 1_000;

export interface Sample {
  readonly atMs: number;
  readonly bytes: number;
}

/** `pid`: of a program that loaded collect-garbage.mjs. */
export function watchHeap(pid: number, metricsUrl: string, everyMs: number) {
  const samples: Sample[] = [];
  const startedAt = performance.now();
  const look = async () => {
    process.kill(pid, "SIGUSR2");
    await sleep(COLLECTED_WITHIN_MS);
    const text = await fetch(metricsUrl).then((reply) => reply.text());
    samples.push({ atMs: performance.now() - startedAt, bytes: Number(HEAP.exec(text)?.[1]) });
  };
  let missed = 0;
  const tryToLook = () =>
    look().catch(() => {
      missed += 1;
    });
  let looking = Promise.resolve();
  const timer = setInterval(() => {
    looking = looking.then(tryToLook);
  }, everyMs);
  return async function stop() {
    clearInterval(timer);
    await looking.then(tryToLook);
    return { ...slopeOf(samples), samples: samples.length, missed };
  };
}

/** Of what is kept, its first third left out (caches fill), by least squares. Megabytes a minute. */
export function slopeOf(samples: readonly Sample[]): { fromMb: number; toMb: number; mbPerMinute: number } {
  const late = samples.slice(Math.floor(samples.length / 3));
  const mean = (of: (sample: Sample) => number) => late.reduce((sum, sample) => sum + of(sample), 0) / late.length;
  const [x, y] = [({ atMs }: Sample) => atMs / 60_000, ({ bytes }: Sample) => bytes / MB];
  const [meanX, meanY] = [mean(x), mean(y)];
  const slope = mean((s) => (x(s) - meanX) * (y(s) - meanY)) / mean((s) => (x(s) - meanX) ** 2);
  const rounded = (value: number) => Math.round(value * 100) / 100;
  return { fromMb: rounded(y(late[0]!)), toMb: rounded(y(late.at(-1)!)), mbPerMinute: rounded(slope) };
}

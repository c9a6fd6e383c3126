/** What a program keeps in memory over time, by its own metrics. */
const MB = 1024 * 1024;
const HEAP = /^nodejs_heap_size_used_bytes (\S+)/m;
const WINDOWS = 10;

interface Sample {
  readonly atMs: number;
  readonly bytes: number;
}

export function watchHeap(metricsUrl: string, everyMs: number) {
  const samples: Sample[] = [];
  const startedAt = performance.now();
  const look = async () => {
    const text = await fetch(metricsUrl).then(
      (reply) => reply.text(),
      () => "",
    );
    const bytes = Number(HEAP.exec(text)?.[1]);
    if (Number.isFinite(bytes)) samples.push({ atMs: performance.now() - startedAt, bytes });
  };
  const timer = setInterval(() => void look(), everyMs);
  return function stop() {
    clearInterval(timer);
    return { ...slopeOf(samples), samples: samples.length };
  };
}

/**
 * Of what is left after collections: the least of each tenth of the time, its first third left out (caches fill), by least squares.
 * Megabytes a minute.
 */
export function slopeOf(samples: readonly Sample[]): { fromMb: number; toMb: number; mbPerMinute: number } {
  const end = samples.at(-1)?.atMs ?? 0;
  const least = Array.from({ length: WINDOWS }, (_, i) =>
    samples
      .filter(({ atMs }) => atMs > (end * i) / WINDOWS && atMs <= (end * (i + 1)) / WINDOWS)
      .reduce<Sample | null>((low, sample) => (low && low.bytes <= sample.bytes ? low : sample), null),
  ).filter((sample) => sample !== null);
  const late = least.slice(Math.floor(WINDOWS / 3));
  const mean = (of: (sample: Sample) => number) => late.reduce((sum, sample) => sum + of(sample), 0) / late.length;
  const [x, y] = [({ atMs }: Sample) => atMs / 60_000, ({ bytes }: Sample) => bytes / MB];
  const [meanX, meanY] = [mean(x), mean(y)];
  const slope = mean((s) => (x(s) - meanX) * (y(s) - meanY)) / mean((s) => (x(s) - meanX) ** 2);
  const rounded = (value: number) => Math.round(value * 100) / 100;
  return { fromMb: rounded(y(late[0]!)), toMb: rounded(y(late.at(-1)!)), mbPerMinute: rounded(slope) };
}

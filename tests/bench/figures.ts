export function report(figure: string, value: number, unit: "ms" | "s" | "MB" | "ratio" | "count" | "reward"): void {
  console.log(JSON.stringify({ figure, value: Number(value.toPrecision(4)), unit }));
}

/** The p-th percentile, 0..100, by the nearest rank. */
export function percentile(values: readonly number[], p: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil((p / 100) * sorted.length) - 1))] ?? Number.NaN;
}

export const median = (values: readonly number[]): number => percentile(values, 50);

export async function timedMs(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

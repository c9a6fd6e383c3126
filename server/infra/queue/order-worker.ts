/**
 * Takes paint jobs from graphile-worker, as many at a time as there are devices: inference's own queue would only hide
 * the order of ours. What counts as an attempt, and when to come again, is the order's.
 */
import { Logger, run } from "graphile-worker";
import { type OrderId, PaintJob } from "#contracts/order.ts";
import { PAINT_TASK } from "#server/infra/prisma/orders.ts";
import type { Attempt } from "#server/services/paint-order.ts";

interface Options {
  readonly connectionString: string;
  readonly concurrency: number;
  readonly paint: (id: OrderId, shutdown: AbortSignal) => Promise<Attempt>;
  /** What is done by the clock. A run that was missed is not made up for. */
  readonly chores: readonly Chore[];
  readonly shutdown: AbortSignal;
  readonly log: (level: "error" | "warning" | "info" | "debug", message: string) => void;
}

export interface Chore {
  readonly name: string;
  /** As in crontab(5). */
  readonly at: string;
  readonly work: () => Promise<unknown>;
}

export async function startOrderWorker({ connectionString, concurrency, paint, chores, shutdown, log }: Options) {
  const runner = await run({
    connectionString,
    concurrency,
    noHandleSignals: true,
    pollInterval: 2_000,
    logger: new Logger(() => (level, message) => log(level, message)),
    crontab: chores.map(({ name, at }) => `${at} ${name} ?max=1&jobKey=${name}&jobKeyMode=replace`).join("\n"),
    taskList: {
      ...Object.fromEntries(chores.map(({ name, work }) => [name, async () => void (await work())])),
      [PAINT_TASK]: async (payload) => {
        const { orderId } = PaintJob.parse(payload);
        await paint(orderId, shutdown);
      },
    },
  });
  return { stop: () => runner.stop() };
}

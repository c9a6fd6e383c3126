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
  readonly shutdown: AbortSignal;
  readonly log: (level: "error" | "warning" | "info" | "debug", message: string) => void;
}

export async function startOrderWorker({ connectionString, concurrency, paint, shutdown, log }: Options) {
  const runner = await run({
    connectionString,
    concurrency,
    noHandleSignals: true,
    pollInterval: 2_000,
    logger: new Logger(() => (level, message) => log(level, message)),
    taskList: {
      [PAINT_TASK]: async (payload) => {
        const { orderId } = PaintJob.parse(payload);
        await paint(orderId, shutdown);
      },
    },
  });
  return { stop: () => runner.stop() };
}

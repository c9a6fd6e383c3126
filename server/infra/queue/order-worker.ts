/**
 * Takes paint jobs from graphile-worker, as many at a time as there are devices: inference's own queue would only hide
 * the order of ours. What counts as an attempt, and when to come again, is the order's. What is done by the clock goes on while
 * the line is paused.
 */
import { Logger, type Runner, run, type TaskList } from "graphile-worker";
import { type OrderId, PaintJob } from "#contracts/order.ts";
import { PAINT_TASK } from "#server/infra/prisma/orders.ts";
import type { Attempt } from "#server/services/paint-order.ts";

interface Options {
  readonly connectionString: string;
  readonly concurrency: number;
  readonly paint: (id: OrderId, shutdown: AbortSignal) => Promise<Attempt>;
  /** What is done by the clock. A run that was missed is not made up for. */
  readonly chores: readonly Chore[];
  /** Whether the line is paused to begin with. */
  readonly isPaused: boolean;
  readonly shutdown: AbortSignal;
  readonly log: (level: "error" | "warning" | "info" | "debug", message: string) => void;
}

export interface Chore {
  readonly name: string;
  /** As in crontab(5); null: when somebody asks for it, by a job of its name. */
  readonly at: string | null;
  readonly work: () => Promise<unknown>;
}

export interface OrderWorker {
  /** While it is paused nothing new is begun; what is being painted is painted to its end. Asked ever again, it sees to what broke, too. */
  setPaused(isPaused: boolean): Promise<void>;
  /** For good: whatever is asked of it later. */
  stop(): Promise<void>;
}

export async function startOrderWorker(options: Options): Promise<OrderWorker> {
  const { connectionString, concurrency, paint, chores, isPaused: wasPaused, shutdown, log } = options;
  const shared = {
    connectionString,
    noHandleSignals: true,
    pollInterval: 2_000,
    logger: new Logger(() => (level, message) => log(level, message)),
  };
  const orders = keepRunning(() =>
    run({
      ...shared,
      concurrency,
      taskList: {
        [PAINT_TASK]: async (payload) => {
          const { orderId } = PaintJob.parse(payload);
          await paint(orderId, shutdown);
        },
      },
    }),
  );
  const taskList: TaskList = Object.fromEntries(
    chores.map(({ name, work }) => [name, async () => void (await work())]),
  );
  const clock = keepRunning(() =>
    run({
      ...shared,
      // A backup takes its time, and nothing waits for it.
      concurrency: 2,
      taskList,
      crontab: chores
        .filter(({ at }) => at !== null)
        .map(({ name, at }) => `${at} ${name} ?max=1&jobKey=${name}&jobKeyMode=replace`)
        .join("\n"),
    }),
  );
  let changing: Promise<void> = Promise.resolve();
  let isStopped = false;
  const see = async (isPaused: boolean): Promise<void> => {
    if (isStopped) return;
    await clock.begin();
    // What is being painted is painted to its end, and holds up nobody who goes on meanwhile.
    if (isPaused) orders.leave();
    else await orders.begin();
  };
  await see(wasPaused);
  return {
    setPaused(isPaused) {
      changing = changing.catch(() => {}).then(() => see(isPaused));
      return changing;
    },
    async stop() {
      isStopped = true;
      await changing.catch(() => {});
      await Promise.all([orders.stop(), clock.stop()]);
    },
  };
}

/**
 * A worker of graphile-worker's ends where it cannot write down what became of its job, as while the database is away, and its pool
 * goes on without it (graphile/worker#501): it is left then, and begun anew the next time that it is asked for.
 */
function keepRunning(start: () => Promise<Runner>) {
  let runner: Runner | null = null;
  let leaving: Promise<unknown> = Promise.resolve();
  const leave = () => {
    const before = runner;
    runner = null;
    if (before) leaving = Promise.all([leaving, before.stop().catch(() => {})]);
  };
  return {
    /** Where it does not run already. */
    async begin(): Promise<void> {
      if (runner) return;
      const started = await start();
      runner = started;
      started.events.on("worker:stop", () => {
        if (runner === started) leave();
      });
    },
    leave,
    async stop(): Promise<void> {
      leave();
      await leaving;
    },
  };
}

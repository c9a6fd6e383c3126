/** How a program is watched: its log, its traces and its error reports, begun as one and ended as one. */
import type { Logger } from "pino";
import { startErrorReports } from "./error-reports.ts";
import { makeLog } from "./log.ts";
import { makeRedact } from "./redact.ts";
import { startTracing } from "./tracing.ts";

interface Options {
  readonly program: "web" | "studio" | "inference";
  readonly release: string;
  readonly logLevel: string | undefined;
  readonly collector: string | undefined;
  readonly dsn: string | undefined;
  /** What must never be seen, wherever it turns up. */
  readonly secrets: readonly (string | undefined)[];
  /** Whether what nobody caught ends the process here, reported; else somebody else sees to it. */
  readonly endsOnUncaught: boolean;
}

export interface Watch {
  readonly log: Logger;
  readonly stop: () => Promise<void>;
}

export async function watchProcess(options: Options): Promise<Watch> {
  const { program, release, logLevel = "info", collector, dsn, secrets, endsOnUncaught } = options;
  const redact = makeRedact([...secrets, dsn]);
  const service = `aria-${program}`;
  const [stopTracing, reports] = await Promise.all([
    startTracing({ service, endpoint: collector }),
    startErrorReports({ dsn, service, release, redact }),
  ]);
  const log = makeLog({ name: program, level: logLevel, redact, report: reports?.report });
  const stop = async () => void (await Promise.all([stopTracing(), reports?.flush()]));
  if (endsOnUncaught) {
    process.once("uncaughtException", (err) => {
      log.fatal({ err }, "nobody caught this");
      void stop().finally(() => process.exit(1));
    });
  }
  return { log, stop };
}

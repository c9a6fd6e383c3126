import { PrismaPg } from "@prisma/adapter-pg";
import { PrismaClient } from "./generated/client.ts";
import { PatientPool } from "./patient-pool.ts";
import { TracedPg } from "./trace-queries.ts";

export type Database = PrismaClient;

interface Options {
  readonly isTraced?: boolean;
  /** By which PostgreSQL knows whose the connections are; of one process alone where orders are claimed by it. At most 63 bytes. */
  readonly applicationName?: string;
  /** Of connections at most. */
  readonly max?: number;
  /** How long a database that is away is waited for, where nobody waits for the answer; otherwise that fails at once. */
  readonly waitMs?: number;
}

const CONNECTIONS = 10;

export function openDatabase(
  connectionString: string,
  { isTraced = false, applicationName, max = CONNECTIONS, waitMs = 0 }: Options = {},
): Database {
  const Adapter = isTraced ? TracedPg : PrismaPg;
  const pool = new PatientPool({
    connectionString: applicationName === undefined ? connectionString : named(connectionString, applicationName),
    max,
    waitMs,
  });
  return new PrismaClient({ adapter: new Adapter(pool, { disposeExternalPool: true }) });
}

/** pg goes by the address where that names one, too. */
function named(connectionString: string, applicationName: string): string {
  const url = new URL(connectionString);
  url.searchParams.set("application_name", applicationName);
  return url.href;
}

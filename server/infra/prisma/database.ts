import { PrismaPg } from "@prisma/adapter-pg";
import { PrismaClient } from "./generated/client.ts";
import { PatientPool } from "./patient-pool.ts";
import { TracedPg } from "./trace-queries.ts";

export type Database = PrismaClient;

interface Options {
  readonly isTraced?: boolean;
  /** Of connections at most. */
  readonly max?: number;
  /** How long a database that is away is waited for, where nobody waits for the answer; otherwise that fails at once. */
  readonly waitMs?: number;
}

const CONNECTIONS = 10;

export function openDatabase(
  connectionString: string,
  { isTraced = false, max = CONNECTIONS, waitMs = 0 }: Options = {},
): Database {
  const Adapter = isTraced ? TracedPg : PrismaPg;
  const pool = new PatientPool({ connectionString, max, waitMs });
  return new PrismaClient({ adapter: new Adapter(pool, { disposeExternalPool: true }) });
}

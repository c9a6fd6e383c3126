import { PrismaPg } from "@prisma/adapter-pg";
import { PrismaClient } from "./generated/client.ts";
import { PatientPool } from "./patient-pool.ts";

export type Database = PrismaClient;

/** `waitMs`: how long a database that is away is waited for, where nobody waits for the answer; otherwise that fails at once. */
export const openDatabase = (connectionString: string, { waitMs = 0 } = {}): Database => {
  const pool = new PatientPool({ connectionString, max: 10, waitMs });
  return new PrismaClient({ adapter: new PrismaPg(pool, { disposeExternalPool: true }) });
};

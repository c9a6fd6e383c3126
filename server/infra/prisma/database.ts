import { PrismaPg } from "@prisma/adapter-pg";
import { PrismaClient } from "./generated/client.ts";
import { TracedPg } from "./trace-queries.ts";

export type Database = PrismaClient;

const CONNECTIONS = 10;

export function openDatabase(connectionString: string, { isTraced = false, max = CONNECTIONS } = {}): Database {
  const Adapter = isTraced ? TracedPg : PrismaPg;
  return new PrismaClient({ adapter: new Adapter({ connectionString, max }) });
}

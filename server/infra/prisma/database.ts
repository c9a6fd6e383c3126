import { PrismaPg } from "@prisma/adapter-pg";
import { PrismaClient } from "./generated/client.ts";

export type Database = PrismaClient;

const CONNECTIONS = 10;

export const openDatabase = (connectionString: string, max = CONNECTIONS): Database =>
  new PrismaClient({ adapter: new PrismaPg({ connectionString, max }) });

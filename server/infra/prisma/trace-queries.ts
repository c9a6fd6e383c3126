import { PrismaPg } from "@prisma/adapter-pg";
import type { SqlDriverAdapter, SqlQuery, Transaction } from "@prisma/driver-adapter-utils";
import { activeIds, span } from "#telemetry/span.ts";

/** Every statement as a span of the trace that is under way, with its text and without its values. */
export class TracedPg extends PrismaPg {
  override async connect() {
    const connection = await super.connect();
    const begin = connection.startTransaction.bind(connection);
    connection.startTransaction = async (...args: Parameters<SqlDriverAdapter["startTransaction"]>) =>
      traced(await begin(...args));
    return traced(connection);
  }
}

function traced<T extends Pick<SqlDriverAdapter | Transaction, "queryRaw" | "executeRaw">>(queryable: T): T {
  const [queryRaw, executeRaw] = [queryable.queryRaw.bind(queryable), queryable.executeRaw.bind(queryable)];
  queryable.queryRaw = (query) => spanOf(query, () => queryRaw(query));
  queryable.executeRaw = (query) => spanOf(query, () => executeRaw(query));
  return queryable;
}

/** What is done by the clock belongs to no trace, and begins none. */
function spanOf<T>({ sql }: SqlQuery, work: () => Promise<T>): Promise<T> {
  if (!activeIds()) return work();
  const [verb = "SQL"] = sql.trim().split(/\s/, 1);
  const attributes = { "db.system.name": "postgresql", "db.query.text": sql };
  return span(`postgresql ${verb.toUpperCase()}`, { kind: "client", attributes }, work);
}

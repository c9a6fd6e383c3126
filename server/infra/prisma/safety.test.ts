import { safetyRepoContract } from "#tests/contracts/safety-repo-contract.ts";
import { inMemorySafety } from "#tests/fakes.ts";
import { emptyTables, openTestDatabase } from "#tests/test-database.ts";
import { prismaSafety } from "./safety.ts";

safetyRepoContract("the in-memory fake", async () => inMemorySafety());
safetyRepoContract("PostgreSQL", async () => {
  const db = openTestDatabase();
  await emptyTables(db);
  return prismaSafety(db);
});

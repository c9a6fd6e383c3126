import { flagRepoContract } from "#tests/contracts/flag-repo-contract.ts";
import { inMemoryFlags } from "#tests/fakes.ts";
import { emptyTables, openTestDatabase } from "#tests/test-database.ts";
import { prismaFlags } from "./flags.ts";

flagRepoContract("the in-memory fake", async () => inMemoryFlags());
flagRepoContract("PostgreSQL", async () => {
  const db = openTestDatabase();
  await emptyTables(db);
  return prismaFlags(db);
});

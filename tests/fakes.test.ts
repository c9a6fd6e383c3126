import { repoContract } from "./contracts/order-repo-contract.ts";
import { inMemoryRepos } from "./fakes.ts";

repoContract("the in-memory fake", async () => inMemoryRepos());

import { randomUUID } from "node:crypto";
import { PersonId } from "#contracts/people.ts";
import { repoContract } from "./contracts/order-repo-contract.ts";
import { ownerContract } from "./contracts/owner-contract.ts";
import { inMemoryHouse, inMemoryRepos } from "./fakes.ts";

repoContract("the in-memory fake", async () => inMemoryRepos());

ownerContract("the in-memory fake", async () => {
  const house = inMemoryHouse();
  const of = () => house.of(PersonId.parse(randomUUID()));
  return { mine: of(), theirs: of(), all: house.of(null) };
});

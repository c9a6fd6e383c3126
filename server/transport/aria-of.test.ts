import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import type { PersonId } from "#contracts/people.ts";
import { createContainer } from "#server/container.ts";
import { AT_HOME, type Caller, VISITOR } from "#server/domain/access/caller.ts";
import { prismaPeople } from "#server/infra/prisma/people.ts";
import { scryptPasswords } from "#server/infra/secrets/passwords.ts";
import { fakePorts, inMemoryHouse } from "#tests/fakes.ts";
import { openTestDatabase, ownerIn } from "#tests/test-database.ts";
import { makeAriaOf } from "./aria-of.ts";

function web() {
  const house = inMemoryHouse();
  const made: PersonId[] = [];
  const containerOf = (owner: PersonId) => {
    made.push(owner);
    return createContainer(fakePorts(house.of(owner)));
  };
  return { made, containerOf };
}
const caller = (): Caller => ({ personId: randomUUID(), role: "member", scopes: null });

it("gives each caller their own, made once; who sits at the machine is the owner, and a visitor nobody", async () => {
  const db = openTestDatabase();
  const { made, containerOf } = web();
  let isAway = true;
  const people = createContainer(fakePorts({ people: prismaPeople(db, scryptPasswords) })).people;
  const ariaOf = makeAriaOf({
    containerOf,
    people: {
      self: async (id) => {
        if (isAway) throw new Error("the database is away");
        return people.self(id);
      },
    },
  });
  await expect(ariaOf(AT_HOME)).rejects.toThrow("away");
  isAway = false;
  const owner = await ownerIn(db);
  const home = await ariaOf(AT_HOME);
  expect(home.owner).toBe(owner);
  const ada = caller();
  expect((await ariaOf(ada)).owner).toBe(ada.personId);
  expect(await ariaOf(ada)).toBe(await ariaOf({ ...ada, scopes: ["read"] }));
  isAway = true;
  expect(await ariaOf({ ...ada, personId: owner, role: "admin" })).toBe(await ariaOf(AT_HOME));
  expect((await ariaOf(VISITOR)).owner).toMatch(/^[0-]+$/);
  expect(made).toHaveLength(3);
  await db.$disconnect();
});

it("holds a hundred at a time, those that came last", async () => {
  const { made, containerOf } = web();
  const ariaOf = makeAriaOf({ containerOf, people: { self: () => Promise.reject(new Error("nobody sits there")) } });
  const callers = Array.from({ length: 101 }, caller);
  for (const one of callers) await ariaOf(one);
  await ariaOf(callers[100]!);
  expect(made).toHaveLength(101);
  await ariaOf(callers[0]!);
  expect(made).toHaveLength(102);
});

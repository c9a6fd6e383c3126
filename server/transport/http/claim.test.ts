import { afterAll, beforeEach, expect, it } from "vitest";
import { createContainer } from "#server/container.ts";
import { prismaApiKeys, prismaPeople } from "#server/infra/prisma/people.ts";
import { scryptPasswords } from "#server/infra/secrets/passwords.ts";
import { fakePorts } from "#tests/fakes.ts";
import { emptyTables, openTestDatabase } from "#tests/test-database.ts";
import { claim } from "./claim.ts";

const db = openTestDatabase();
const people = prismaPeople(db, scryptPasswords);
const aria = createContainer({ ...fakePorts(), people, apiKeys: prismaApiKeys(db) });
beforeEach(() => emptyTables(db));
afterAll(() => db.$disconnect());

const CODE = "the code that she printed";
const SAID = { code: CODE, name: "Ada", email: "ada@example.org", password: "a long password" };
const ask = async (part: object, given: { code: string | undefined } = { code: CODE }) => {
  const headers = { "content-type": "application/json" };
  const body = JSON.stringify({ ...SAID, ...part });
  const request = new Request("http://aria/sign-in/claim", { method: "POST", headers, body });
  return (await claim(aria, { ...given, request })).status;
};

it("makes whoever knows the code the owner, once", async () => {
  expect(await aria.people.isClaimed()).toBe(false);
  expect(await ask({ code: "another code" })).toBe(400);
  expect(await ask({ password: "short" })).toBe(400);
  expect(await aria.people.isClaimed()).toBe(false);
  expect(await ask({})).toBe(204);
  const owner = await people.owner();
  expect(owner).toMatchObject({ name: "Ada", email: "ada@example.org", isOwner: true });
  expect(await people.isPassword(owner.id, SAID.password)).toBe(true);
  expect(await ask({ name: "Bea", email: "bea@example.org" })).toBe(409);
  expect((await people.owner()).name).toBe("Ada");
});

it("is nobody's where no code was given out", async () => {
  expect(await ask({}, { code: undefined })).toBe(400);
  expect(await aria.people.isClaimed()).toBe(false);
});

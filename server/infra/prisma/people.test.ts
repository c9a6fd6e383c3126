import { randomUUID } from "node:crypto";
import { afterAll, beforeEach, expect, it } from "vitest";
import { ApiKeyId, PersonId } from "#contracts/people.ts";
import { authenticator } from "#server/infra/auth/authenticator.ts";
import { passwordTries } from "#server/infra/limits/rate-limits.ts";
import { scryptPasswords } from "#server/infra/secrets/passwords.ts";
import { makeKeepPeople } from "#server/services/keep-people.ts";
import { hang } from "#tests/hung-artworks.ts";
import { emptyTables, openTestDatabase } from "#tests/test-database.ts";
import { prismaApiKeys, prismaAudit, prismaPeople } from "./people.ts";
import { prismaRepos } from "./repos.ts";

const db = openTestDatabase();
const now = () => new Date("2026-01-01T00:00:00Z");
const people = prismaPeople(db, scryptPasswords);
const keep = makeKeepPeople({ people, apiKeys: prismaApiKeys(db), tries: passwordTries(), now, newId: randomUUID });
const door = authenticator(db, { secret: "a secret of thirty-two characters", publicUrl: "http://aria.example" });
const ADA = { name: "Ada", email: "ada@example.org", password: "a long password", role: "member" } as const;

const signIn = (email: string, password: string): Promise<Response> =>
  door.handle(
    new Request("http://aria.example/api/auth/sign-in/email", {
      method: "POST",
      headers: { "content-type": "application/json", origin: "http://aria.example", host: "aria.example" },
      body: JSON.stringify({ email, password }),
    }),
  );
const cookieOf = (reply: Response): Headers =>
  new Headers({
    host: "aria.example",
    cookie: reply.headers
      .getSetCookie()
      .map((set) => set.split(";")[0])
      .join("; "),
  });
const bearing = (key: string): Headers => new Headers({ authorization: `Bearer ${key}` });

beforeEach(() => emptyTables(db));
afterAll(() => db.$disconnect());

it("has an owner from the first start, who becomes able to sign in once", async () => {
  const owner = await people.owner();
  expect(owner).toMatchObject({ role: "admin", isOwner: true, hasPassword: false });
  expect(await keep.isClaimed()).toBe(false);
  const claim = { name: "Grace", email: "grace@example.org", password: "a long password" };
  await keep.claim(claim);
  expect(await people.owner()).toMatchObject({ id: owner.id, name: "Grace", hasPassword: true });
  await expect(keep.claim(claim)).rejects.toMatchObject({ code: "CONFLICT" });
  expect(await door.callerOf(cookieOf(await signIn(claim.email, claim.password)))).toMatchObject({ role: "admin" });
});

it("lets in by password whoever was let in, with the rights they have now", async () => {
  const { id } = await keep.create(ADA);
  expect(await prismaRepos(db, id).artists.list()).toMatchObject([{ name: "Aria", livedUntil: now() }]);
  expect((await signIn(ADA.email, "a wrong password")).status).toBe(401);
  expect((await signIn("nobody@example.org", ADA.password)).status).toBe(401);
  const headers = cookieOf(await signIn(ADA.email, ADA.password));
  expect(await door.callerOf(headers)).toEqual({ personId: id, role: "member", scopes: null });
  await keep.setRole(id, "admin");
  expect(await door.callerOf(headers)).toMatchObject({ role: "admin" });
});

it("bug: one's password could be guessed where one had signed in", async () => {
  const { id } = await keep.create(ADA);
  const guess = (current: string) => keep.setOwnPassword(id, { current, password: "another password" });
  await guess(ADA.password);
  const guesses = await Promise.allSettled(Array.from({ length: 11 }, (_, i) => guess(`guess number ${i}`)));
  expect(guesses.map((one) => one.status === "rejected" && one.reason.code).toSorted()).toEqual([
    "BUSY",
    ...Array.from({ length: 10 }, () => "INVALID"),
  ]);
  await expect(guess("another password")).rejects.toMatchObject({ code: "BUSY" });
});

it("ends sessions with a new password, and everything when somebody is taken out", async () => {
  const { id } = await keep.create(ADA);
  const before = cookieOf(await signIn(ADA.email, ADA.password));
  await expect(
    keep.setOwnPassword(id, { current: "not it at all", password: "another password" }),
  ).rejects.toMatchObject({
    facts: { field: "current" },
  });
  const own = prismaRepos(db, id);
  const [{ id: artistId } = { id: "nobody" }] = await own.artists.list();
  const artwork = await hang(db, { artistId });
  await keep.setOwnPassword(id, { current: ADA.password, password: "another password" });
  expect(await door.callerOf(before)).toMatchObject({ role: "visitor" });
  const after = cookieOf(await signIn(ADA.email, "another password"));
  const key = await keep.createKey(id, { name: "script", scopes: ["read"] });
  const keys = { p256dh: "key", auth: "auth" };
  await own.devices.put({ endpoint: "https://push.example/1", keys, topics: ["painted"], locale: "en" }, now());
  await keep.remove(id);
  // What they made is kept.
  expect(await db.artwork.findUnique({ where: { id: artwork } })).toMatchObject({ ownerId: id, trashedAt: null });
  expect(await db.device.count()).toBe(0);
  expect(await door.callerOf(after)).toMatchObject({ role: "visitor" });
  expect(await door.callerOf(bearing(key))).toMatchObject({ role: "visitor" });
  expect((await signIn(ADA.email, "another password")).status).toBe(401);
  expect((await keep.list()).map(({ name }) => name)).toEqual(["Owner"]);
  // The address is free again.
  expect(await keep.create(ADA)).toMatchObject({ email: ADA.email });
});

it("keeps the owner where and what they are", async () => {
  const { id } = await people.owner();
  for (const attempt of [keep.remove(id), keep.setRole(id, "member"), keep.setPassword(id, "another password")])
    await expect(attempt).rejects.toMatchObject({ code: "CONFLICT" });
  expect(await people.remove(id, now())).toBe(false);
  await expect(keep.remove(PersonId.parse(randomUUID()))).rejects.toMatchObject({ code: "NOT_FOUND" });
});

it("gives an address to one person", async () => {
  await keep.create(ADA);
  await expect(keep.create(ADA)).rejects.toMatchObject({ code: "INVALID", facts: { field: "email" } });
  await expect(keep.setProfile(null, { name: "Me", email: ADA.email })).rejects.toMatchObject({ code: "INVALID" });
});

it("knows a key by its hash, by its scopes, and no more once it is revoked", async () => {
  const { id } = await keep.create(ADA);
  const key = await keep.createKey(id, { name: "script", scopes: ["read"] });
  expect(key).toMatch(/^aria_[\w-]{43}$/);
  expect(JSON.stringify(await db.apiKey.findMany())).not.toContain(key);
  expect(await door.callerOf(bearing(key))).toEqual({ personId: id, role: "member", scopes: ["read"] });
  expect(await door.callerOf(bearing(`aria_${"A".repeat(43)}`))).toMatchObject({ role: "visitor" });
  const [listed] = await keep.keys(id);
  expect(listed).toMatchObject({ name: "script", lastUsedAt: expect.any(Date) });
  await expect(keep.revokeKey(null, listed!.id)).rejects.toMatchObject({ code: "NOT_FOUND" });
  await keep.revokeKey(id, listed!.id);
  expect(await door.callerOf(bearing(key))).toMatchObject({ role: "visitor" });
  await expect(keep.revokeKey(id, ApiKeyId.parse(listed!.id))).rejects.toMatchObject({ code: "NOT_FOUND" });
});

it("opens no door for whoever nobody let in", async () => {
  const reply = await door.handle(
    new Request("http://aria.example/api/auth/sign-up/email", {
      method: "POST",
      headers: { "content-type": "application/json", origin: "http://aria.example", host: "aria.example" },
      body: JSON.stringify({ name: "Eve", email: "eve@example.org", password: "a long password" }),
    }),
  );
  expect(reply.status).toBe(404);
  expect(await keep.list()).toHaveLength(1);
});

it.each(["verify-password", "change-password", "sign-in/email/", "sign-in%2Femail"])(
  "bug: passwords were tried at /api/auth/%s, where nobody counts them",
  async (path) => {
    await keep.create(ADA);
    const { email, password } = ADA;
    const reply = await door.handle(
      new Request(`http://aria.example/api/auth/${path}`, {
        method: "POST",
        headers: {
          "content-type": "application/json",
          origin: "http://aria.example",
          host: "aria.example",
          cookie: cookieOf(await signIn(email, password)).get("cookie") ?? "",
        },
        body: JSON.stringify({ email, password }),
      }),
    );
    expect(reply.status).toBe(404);
  },
);

it("writes down who did what", async () => {
  const audit = prismaAudit(db);
  const { id } = await keep.create({ ...ADA, role: "admin" });
  await audit.write({ personId: null, action: "person.create", subject: "Ada", detail: "", at: now() });
  await audit.write({ personId: id, action: "model.remove", subject: "sd15", detail: "twice", at: now() });
  const all = await audit.page({ limit: 10 });
  expect(all).toMatchObject([
    { personName: "Ada", action: "model.remove", subject: "sd15", detail: "twice" },
    { personName: "Owner", action: "person.create" },
  ]);
  expect(await audit.page({ limit: 10, cursor: all[0]!.id })).toEqual([all[1]]);
});

it("finds of what was done what one did, or what was done of one kind, page by page", async () => {
  const audit = prismaAudit(db);
  const { id } = await keep.create({ ...ADA, role: "admin" });
  expect(await audit.facets()).toEqual({ people: [], actions: [] });
  for (let i = 0; i < 5; i++) {
    await audit.write({
      personId: id,
      action: i % 2 === 0 ? "model.act" : "person.create",
      subject: `${i}`,
      detail: "",
      at: now(),
    });
    await audit.write({ personId: null, action: "backup.ask", subject: "", detail: "", at: now() });
  }
  const first = await audit.page({ personId: id, limit: 3 });
  expect(first.map(({ subject }) => subject)).toEqual(["4", "3", "2"]);
  const rest = await audit.page({ personId: id, limit: 3, cursor: first.at(-1)!.id });
  expect(rest.map(({ subject }) => subject)).toEqual(["1", "0"]);
  expect(await audit.page({ action: "model.act", personId: id, limit: 10 })).toHaveLength(3);
  expect(await audit.page({ action: "backup.ask", personId: id, limit: 10 })).toEqual([]);
  expect(await audit.facets()).toMatchObject({
    people: [{ id, name: "Ada" }, { name: "Owner" }],
    actions: ["backup.ask", "model.act", "person.create"],
  });
});

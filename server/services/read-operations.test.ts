import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeEach, expect, it } from "vitest";
import { ArtworkId } from "#contracts/artwork.ts";
import { ArtistId } from "#contracts/mind.ts";
import { OrderId } from "#contracts/order.ts";
import { ApiKeyId, type PersonId, type Role } from "#contracts/people.ts";
import { createContainer } from "#server/container.ts";
import { AT_HOME } from "#server/domain/access/caller.ts";
import { backupKeeper } from "#server/infra/backups/backup-keeper.ts";
import { fsBlobs } from "#server/infra/blobs/fs-blobs.ts";
import { prismaApiKeys, prismaAudit, prismaPeople } from "#server/infra/prisma/people.ts";
import { prismaRepos } from "#server/infra/prisma/repos.ts";
import { prismaStudios } from "#server/infra/prisma/studios.ts";
import { scryptPasswords } from "#server/infra/secrets/passwords.ts";
import { appRouter } from "#server/transport/trpc/app-router.ts";
import { createCaller } from "#server/transport/trpc/trpc.ts";
import { fakeGenerator, fakePorts } from "#tests/fakes.ts";
import { emptyTables, letIn, openTestDatabase, ownerIn, testDatabaseUrl } from "#tests/test-database.ts";

const db = openTestDatabase();
const dataDir = mkdtempSync(path.join(tmpdir(), "aria-operations-"));
const places = { dir: path.join(dataDir, "backups"), dataDir, blobs: fsBlobs(path.join(dataDir, "blobs")) };
const NOW = new Date("2026-11-22T10:00:00Z");
const BERLIN = { timeZone: "Europe/Berlin" };
const painter = fakeGenerator();
const health = async () => ({
  ...(await painter.health()),
  programs: [{ program: "engine" as const, residentBytes: 900_000_000 }],
});

/** Aria on a real database; only who paints is not real. */
function ariaAt(now: Date) {
  const ports = fakePorts({
    ...prismaRepos(db, null),
    studios: prismaStudios(db),
    people: prismaPeople(db, scryptPasswords),
    apiKeys: prismaApiKeys(db),
    audit: prismaAudit(db),
    backups: backupKeeper(testDatabaseUrl(), places),
    generator: fakeGenerator({ health }),
    now: () => now,
  });
  const aria = createContainer(ports);
  const api = createCaller(appRouter)({ aria, caller: AT_HOME, publicOrigin: null, ticketFor: (id) => `for ${id}` });
  return { ports, aria, api };
}

const { aria, api, ports } = ariaAt(NOW);
beforeEach(async () => {
  await emptyTables(db);
  await db.person.updateMany({ where: { isOwner: true }, data: { createdAt: new Date("2026-11-22T00:00:00Z") } });
  await ports.studios.beat("one", NOW, 150_000_000);
});
afterAll(async () => {
  await db.$disconnect();
  rmSync(dataDir, { recursive: true, force: true });
});

const nobodys = OrderId.parse("00000000-0000-4000-8000-000000000000");
const place = async (prompt = "a lake") => (await api.order.place({ prompt, count: 1 })).id;
const paint = (id: OrderId) => aria.paintOrder(id, new AbortController().signal);
const audited = async () => (await api.admin.audit({})).map(({ action, subject }) => [action, subject]);

it("is well while nothing is wrong, and counts what was painted on the day of whoever looks", async () => {
  await paint(await place());
  await place();
  const overview = await api.admin.overview(BERLIN);
  expect(overview).toMatchObject({
    attention: [],
    waiting: 1,
    today: { done: 1, failed: 0, cancelled: 0 },
    people: 1,
    backups: { kept: 0, newest: null, nextAt: NOW },
    freeDiskBytes: 100_000_000_000,
  });
  expect(overview.programs).toEqual([
    { program: "web", residentBytes: 200_000_000 },
    { program: "studio", residentBytes: 150_000_000 },
    { program: "engine", residentBytes: 900_000_000 },
  ]);
  // Where it is 0:00 of the next day already, nothing was.
  const { api: later } = ariaAt(new Date("2026-11-22T23:00:00Z"));
  expect(await later.admin.overview(BERLIN)).toMatchObject({ today: { done: 0 } });
});

it("says first what keeps her from painting, then what else is wrong", async () => {
  await db.studio.deleteMany();
  await db.person.updateMany({ where: { isOwner: true }, data: { createdAt: new Date("2026-11-01T00:00:00Z") } });
  const id = await place();
  const { fence } = (await ports.orders.claim(id, 60_000, NOW))!;
  await ports.orders.fail(id, fence, { code: "UNAVAILABLE", message: "It was away." }, NOW);
  await api.order.setPaused(true);
  expect((await api.admin.overview(BERLIN)).attention).toEqual([
    { kind: "check", name: "studio" },
    { kind: "failed", count: 1 },
    { kind: "lateBackup", since: null },
    { kind: "paused", waiting: 0 },
  ]);
  await api.order.setPaused(false);
});

it("shows every day of the span, those on which nothing happened too", async () => {
  await paint(await place("a lake"));
  await place("the lake at night");
  await place("lake and sky");
  const { days, failures, models, words } = await api.admin.trends({ ...BERLIN, days: 7 });
  expect(days.map(({ day }) => day)).toEqual([16, 17, 18, 19, 20, 21, 22].map((day) => `2026-11-${day}`));
  expect(days[0]).toMatchObject({ done: 0, score: null, p95Seconds: null });
  expect(days[6]).toMatchObject({ done: 1, p50Seconds: 0 });
  expect(days[6]?.score).toBeGreaterThan(0);
  expect([failures, models]).toEqual([[], [{ modelId: "aria", works: 1 }]]);
  expect(words).toEqual([{ word: "lake", orders: 3 }]);
  expect((await api.admin.trends({ timeZone: "UTC", days: 90 })).days).toHaveLength(90);
});

it.each([
  ["a span that is none", { ...BERLIN, days: 8 }, "days"],
  ["a zone that is none", { timeZone: "Nowhere/Land", days: 7 }, "timeZone"],
  ["an offset", { timeZone: "+02:00", days: 7 }, "timeZone"],
])("refuses %s", async (_what, input, field) => {
  await expect(api.admin.trends(input as { timeZone: string; days: 7 })).rejects.toMatchObject({
    code: "BAD_REQUEST",
    cause: { issues: [{ path: [field] }] },
  });
});

it("lets anybody's order wait again, go first, or go, and writes each down", async () => {
  const [a, b] = [await place(), await place()];
  await api.admin.toFront(b);
  expect((await api.admin.queue()).waiting.map(({ id }) => id)).toEqual([b, a]);
  await api.admin.cancel(a);
  expect(await api.admin.queue()).toMatchObject({ isPaused: false, waitingInAll: 1, ended: [{ id: a }] });
  await api.admin.retry(a);
  expect((await api.admin.queue()).waitingInAll).toBe(2);
  expect(await audited()).toEqual([
    ["admin.retry", a],
    ["admin.cancel", a],
    ["admin.toFront", b],
  ]);
  await expect(api.admin.retry(a)).rejects.toMatchObject({ code: "CONFLICT" });
  await paint(b);
  await expect(api.admin.toFront(b)).rejects.toMatchObject({ code: "CONFLICT" });
  await expect(api.admin.cancel(b)).rejects.toMatchObject({ code: "CONFLICT" });
  for (const act of [api.admin.retry, api.admin.toFront, api.admin.cancel, api.admin.ticket])
    await expect(act(nobodys)).rejects.toMatchObject({ code: "NOT_FOUND" });
  expect(await api.admin.ticket(a)).toEqual({ ticket: `for ${a}` });
  expect(await audited()).toHaveLength(3);
});

it("shows what she learned, by what was reacted to, and forgets it when she is told to", async () => {
  await paint(await place(""));
  const artwork = await db.artwork.findFirstOrThrow();
  await api.mind.react({ artworkId: ArtworkId.parse(artwork.id), action: "love" });
  const [learned] = await api.admin.learned();
  expect(learned).toMatchObject({ name: "Aria", taste: { duels: 0, checks: 0, right: 0, isHeard: false } });
  const dimensions = learned!.leaders.filter(({ mood }) => mood === null);
  expect(dimensions.length).toBeGreaterThan(0);
  // One reaction worth 1 on a uniform prior.
  expect(dimensions[0]).toMatchObject({ mean: 2 / 3, tries: 1 });
  await api.admin.forget(learned!.id);
  expect((await api.admin.learned())[0]).toMatchObject({ leaders: [] });
});

it("regression: an admin told another's artist to forget, and nothing was forgotten or written down", async () => {
  const [owner, ada] = [await ownerIn(db), await letIn(db, "Ada")];
  const apiOf = (personId: PersonId, role: Role) => {
    const own = createContainer({ ...ports, ...prismaRepos(db, personId) }, ports);
    const caller = { personId, role, scopes: null };
    return createCaller(appRouter)({ aria: own, caller, publicOrigin: null, ticketFor: (id) => id });
  };
  const [admins, adas] = [apiOf(owner, "admin"), apiOf(ada, "member")];
  for (const one of [admins, adas]) {
    const { id } = await one.order.place({ prompt: "", count: 1 });
    await paint(id);
    await one.mind.react({ artworkId: ArtworkId.parse((await one.order.byId(id)).artworkId), action: "love" });
  }
  const [own, hers] = [(await admins.mind.artists())[0]!.id, (await adas.mind.artists())[0]!.id];
  const learnedBy = async (id: string) => (await admins.admin.learned()).find((one) => one.id === id)!.leaders.length;
  for (const [api, id] of [
    [admins, hers],
    [adas, own],
    [adas, ArtistId.parse(nobodys)],
  ] as const)
    await expect(api.mind.forget(id)).rejects.toMatchObject({
      code: "NOT_FOUND",
      cause: { facts: { kind: "artist" } },
    });
  await expect(adas.admin.forget(hers)).rejects.toMatchObject({ code: "FORBIDDEN" });
  await expect(admins.admin.forget(ArtistId.parse(nobodys))).rejects.toMatchObject({ code: "NOT_FOUND" });
  expect([await learnedBy(own), await learnedBy(hers)]).not.toContain(0);
  expect(await audited()).toEqual([]);
  await admins.admin.forget(hers);
  expect(await learnedBy(hers)).toBe(0);
  expect(await learnedBy(own)).toBeGreaterThan(0);
  expect(await audited()).toEqual([["admin.forget", hers]]);
  await adas.mind.forget(hers);
});

it("ends anybody's key, and says what is held", async () => {
  await api.person.createKey({ name: "script", scopes: ["read"] });
  const [key] = await api.admin.keys();
  expect(key).toMatchObject({ person: "Owner", name: "script" });
  await api.admin.revokeKey(key!.id);
  expect(await api.admin.keys()).toEqual([]);
  await expect(api.admin.revokeKey(ApiKeyId.parse(nobodys))).rejects.toMatchObject({ code: "NOT_FOUND" });
  expect(await api.admin.auditFacets()).toMatchObject({ people: [{ name: "Owner" }], actions: ["admin.revokeKey"] });
  expect((await api.admin.holdings()).databaseBytes).toBeGreaterThan(1_000_000);
});

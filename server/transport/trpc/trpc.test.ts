/** What admins do, as it is written down. */
import { randomUUID } from "node:crypto";
import { afterAll, beforeEach, expect, it } from "vitest";
import { ModelAction, type ModelTask } from "#contracts/models.ts";
import { STRICT } from "#contracts/safety.ts";
import { createContainer } from "#server/container.ts";
import { AT_HOME } from "#server/domain/access/caller.ts";
import { prismaApiKeys, prismaAudit, prismaPeople } from "#server/infra/prisma/people.ts";
import { prismaRepos } from "#server/infra/prisma/repos.ts";
import { scryptPasswords } from "#server/infra/secrets/passwords.ts";
import { fakePorts } from "#tests/fakes.ts";
import { emptyTables, openTestDatabase } from "#tests/test-database.ts";
import { appRouter } from "./app-router.ts";
import { createCaller } from "./trpc.ts";

const db = openTestDatabase();
const task: ModelTask = {
  id: randomUUID(),
  kind: "verify",
  subject: "aria",
  state: "running",
  done: 0,
  of: 0,
  unit: "files",
  outcome: null,
};
const fakes = fakePorts();
const aria = createContainer({
  ...fakes,
  ...prismaRepos(db, null),
  people: prismaPeople(db, scryptPasswords),
  apiKeys: prismaApiKeys(db),
  audit: prismaAudit(db),
  modelKeeper: { ...fakes.modelKeeper, start: async () => task },
});
const api = createCaller(appRouter)({ aria, caller: AT_HOME, publicOrigin: null, ticketFor: (id) => id });
const written = async () =>
  (await api.admin.audit({ limit: 100 })).reverse().map(({ action, subject, detail }) => [action, subject, detail]);

beforeEach(() => emptyTables(db));
afterAll(() => db.$disconnect());

const ADA = { name: "Ada", email: "ada@example.org", password: "a long password", role: "member" } as const;
const SHARES = { plain: 90, "with-light": 10 };

it("regression: what was done to a person, a model or the line could not be told from its opposite", async () => {
  const { id } = await api.person.create(ADA);
  await api.person.setRole({ id, role: "admin" });
  await api.person.setRole({ id, role: "member" });
  await api.person.setPassword({ id, password: "another long password" });
  await api.person.remove(id);
  for (const action of ModelAction.options) await api.model.act({ modelId: "aria", action });
  await api.model.start({ kind: "verify", modelId: "aria" });
  await api.model.start({ kind: "install", from: "owner/tiny", precision: "" });
  await api.order.setPaused(true);
  await api.order.setPaused(false);
  expect(await written()).toEqual([
    ["person.create", "Ada, ada@example.org", "member"],
    ["person.setRole", id, "Ada: member → admin"],
    ["person.setRole", id, "Ada: admin → member"],
    ["person.setPassword", id, "Ada"],
    ["person.remove", id, "Ada"],
    ...ModelAction.options.map((action) => ["model.act", "aria", action]),
    ["model.start", "aria", "verify"],
    ["model.start", "owner/tiny", "install"],
    ["order.setPaused", "", "paused"],
    ["order.setPaused", "", "resumed"],
  ]);
});

it("says what is refused and tried out from now on, and none of the words that nobody is to read", async () => {
  await api.safety.write({ ...STRICT, refused: ["sexual"], deny: ["windmill"], people: ["Ada Lovelace"] });
  await api.flag.write({ id: "prompt-template", isOn: true, shares: SHARES, rules: [] });
  const all = await written();
  expect(all).toMatchObject([
    ["safety.write", "", expect.stringMatching(/^refused( −\w+)+; deny \+1; people \+1$/)],
    ["flag.write", "prompt-template", "on; plain 90 %, with-light 10 %"],
  ]);
  expect(JSON.stringify(all)).not.toMatch(/windmill|Lovelace/);
});

it("says it in 200 characters at most", async () => {
  const rules = Array.from({ length: 50 }, () => ({ role: "admin" as const, variant: "plain" }));
  await api.flag.write({ id: "prompt-template", isOn: true, shares: SHARES, rules });
  const [[, , detail = ""] = []] = await written();
  expect([detail.length, detail.at(-1)]).toEqual([200, "…"]);
});

/** Each does one thing, and its subject says to what. */
const PLAIN = [
  ...["cancel", "forget", "retry", "revokeKey", "toFront"].map((name) => `admin.${name}`),
  ...["backup.ask", "model.cancel", "model.plan", "model.remove"],
];
const SAID = ["flag.write", "model.act", "model.start", "order.setPaused", "safety.write"];
const OF_PEOPLE = ["person.create", "person.remove", "person.setPassword", "person.setRole"];

it("knows of everything admins do whether its name says what was done", () => {
  const procedures = appRouter._def.procedures as unknown as Record<
    string,
    { readonly _def: { readonly type: string; readonly meta: { readonly role: string } } }
  >;
  const admins = Object.entries(procedures).filter(
    ([, { _def }]) => _def.type === "mutation" && _def.meta.role === "admin",
  );
  expect(admins.map(([path]) => path).sort()).toEqual([...PLAIN, ...SAID, ...OF_PEOPLE].sort());
});

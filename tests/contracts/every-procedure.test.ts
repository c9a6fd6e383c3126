/** Each procedure over the real database: asked for what is not there, and with no inference, it answers in words that are ours. */
import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import pino from "pino";
import { afterAll, beforeAll, expect, it } from "vitest";
import { isAriaError } from "#contracts/errors.ts";
import { createContainer } from "#server/container.ts";
import { AT_HOME } from "#server/domain/access/caller.ts";
import { readEnv } from "#server/env.ts";
import { productionPorts } from "#server/infra/production-ports.ts";
import { appRouter } from "#server/transport/trpc/app-router.ts";
import { createCaller } from "#server/transport/trpc/trpc.ts";
import { ASKED, LISTS, never, OWN, WORD } from "#tests/asked-procedures.ts";
import { emptyTables, openTestDatabase, testDatabaseUrl } from "#tests/test-database.ts";

const db = openTestDatabase();
const dir = mkdtempSync(path.join(tmpdir(), "aria-procedures-"));
let call: (path: string, input?: unknown) => Promise<unknown>;

beforeAll(async () => {
  await emptyTables(db);
  const env = readEnv({
    ...process.env,
    DATABASE_URL: testDatabaseUrl(),
    ARIA_DATA_DIR: dir,
    INFERENCE_URL: "http://127.0.0.1:9",
    TICKET_SECRET: "t".repeat(32),
  });
  const { ports, portsOf } = productionPorts(env, pino({ level: "silent" }));
  const aria = createContainer(portsOf((await ports.people.owner()).id), ports);
  const api = createCaller(appRouter)({ aria, caller: AT_HOME, publicOrigin: null, ticketFor: (id) => id });
  call = (name, input) => {
    const [router = "", procedure = ""] = name.split(".");
    const { [router]: within } = api as unknown as Record<string, Record<string, (input: unknown) => Promise<unknown>>>;
    return within![procedure]!(input);
  };
});
afterAll(async () => {
  await db.$disconnect();
  rmSync(dir, { recursive: true, force: true });
});

/** A code of ours, or what it gave. */
const outcome = async (name: string, input: unknown): Promise<unknown> => {
  try {
    return await call(name, input);
  } catch (error) {
    const { cause } = error as { cause?: unknown };
    if (!isAriaError(cause)) throw error;
    return cause.code;
  }
};

const CODES = ["NOT_FOUND", "UNAVAILABLE", "CONFLICT", "INVALID"];
it.each(Object.keys(ASKED))("%s says of what is not there that it is not", async (name) => {
  for (const input of ASKED[name]!(never())) {
    const found = await outcome(name, input);
    // What lists, or takes away, has nothing to tell of it.
    if (typeof found === "string") expect(CODES).toContain(found);
    else expect(JSON.stringify(found) ?? "").not.toContain(WORD);
  }
});

it.each([
  ...OWN,
  ...LISTS,
  "person.list",
  "safety.read",
  "backup.list",
  "flag.list",
  "device.key",
  "health.whole",
  "admin.queue",
  "admin.learned",
  "admin.holdings",
  "admin.keys",
  "admin.auditFacets",
])("%s answers where there is nothing yet, and nobody paints", async (name) => {
  expect(CODES).not.toContain(await outcome(name, undefined));
});

it.each<[string, unknown]>([
  ["model.tasks", undefined],
  ["model.catalogue", undefined],
  ["model.lexicon", "aria"],
  ["model.act", { action: "load", modelId: "aria" }],
  ["model.remove", "other"],
  ["model.cancel", randomUUID()],
])("%s says that nobody is there to ask", async (name, input) => {
  expect(await outcome(name, input)).toBe("UNAVAILABLE");
});

it("has people let in, seen to and taken out, by procedures alone", async () => {
  const ada = { name: "Ada", email: "ada@example.org", role: "member", password: "a long password" };
  const { id } = (await call("person.create", ada)) as { id: string };
  await call("person.setRole", { id, role: "admin" });
  await call("person.setPassword", { id, password: "another long one" });
  expect(await call("person.list")).toMatchObject([{ isOwner: true }, { name: "Ada", role: "admin" }]);
  await call("person.remove", id);
  expect(await call("person.list")).toHaveLength(1);
});

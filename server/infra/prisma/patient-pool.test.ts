import { createServer, connect as dial, type Server } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, it, onTestFinished } from "vitest";
import { freePort } from "#tests/aria-process.ts";
import { testDatabaseUrl } from "#tests/test-database.ts";
import { openDatabase } from "./database.ts";
import { PatientPool } from "./patient-pool.ts";

/** The test database on a port, once it is opened; `close` leaves nobody there. */
async function door() {
  const url = new URL(testDatabaseUrl());
  const socketDir = url.searchParams.get("host");
  const port = await freePort();
  const open = new Set<{ destroy(): void }>();
  const server: Server = createServer((caller) => {
    const database = socketDir ? dial(`${socketDir}/.s.PGSQL.5432`) : dial(Number(url.port || 5432), url.hostname);
    for (const end of [caller, database]) {
      open.add(end);
      end.on("error", () => {});
    }
    caller.pipe(database).pipe(caller);
  });
  onTestFinished(() => void server.close());
  url.searchParams.delete("host");
  url.hostname = "127.0.0.1";
  url.port = String(port);
  return {
    url: url.href,
    open: () => new Promise<void>((done) => void server.listen(port, "127.0.0.1", done)),
    close() {
      server.close();
      for (const end of open) end.destroy();
    },
  };
}

it("waits for a database that is away, at the first and at any later time", async () => {
  const { url, open, close } = await door();
  const db = openDatabase(url, { waitMs: 10_000 });
  onTestFinished(() => db.$disconnect());
  const early = db.$queryRaw`select 1 as one`;
  await sleep(500);
  await open();
  expect(await early).toEqual([{ one: 1 }]);
  close();
  await sleep(100);
  const later = db.$queryRaw`select 2 as two`;
  await sleep(500);
  await open();
  expect(await later).toEqual([{ two: 2 }]);
});

it("does not wait for ever, nor for what waiting does not mend", async () => {
  const { url, open } = await door();
  const pool = new PatientPool({ connectionString: url, waitMs: 300 });
  await expect(pool.query("select 1")).rejects.toMatchObject({ code: "ECONNREFUSED" });
  await open();
  const elsewhere = new URL(url);
  elsewhere.pathname = "/no_such_database";
  const startedAt = Date.now();
  const wrong = new PatientPool({ connectionString: elsewhere.href, waitMs: 60_000 });
  await expect(wrong.query("select 1")).rejects.toMatchObject({ code: "3D000" });
  expect(Date.now() - startedAt).toBeLessThan(20_000);
  await Promise.all([pool.end(), wrong.end()]);
});

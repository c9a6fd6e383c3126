import { expect, it } from "vitest";
import { testDatabaseUrl } from "#tests/test-database.ts";
import { openDatabase } from "./database.ts";

it("is known to PostgreSQL by the name that it was given, whatever the address says", async () => {
  const url = new URL(testDatabaseUrl());
  url.searchParams.set("application_name", "everybody");
  const named = openDatabase(url.href, { applicationName: "aria-studio-1" });
  expect(await named.$queryRaw`select current_setting('application_name') as name`).toEqual([
    { name: "aria-studio-1" },
  ]);
  await named.$disconnect();
});

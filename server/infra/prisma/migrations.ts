import { readdir } from "node:fs/promises";
import type { Migrations } from "#server/ports.ts";
import type { Database } from "./database.ts";

/** `folder` is where those lie that come with this version, one a folder. */
export function prismaMigrations(db: Database, folder: string): Migrations {
  return {
    async pending() {
      const entries = await readdir(folder, { withFileTypes: true });
      const wanted = entries.flatMap((entry) => (entry.isDirectory() ? [entry.name] : [])).sort();
      const rows = await db.$queryRaw<{ name: string }[]>`
        select migration_name as name from _prisma_migrations where finished_at is not null and rolled_back_at is null`;
      const applied = new Set(rows.map(({ name }) => name));
      return wanted.filter((name) => !applied.has(name));
    },
  };
}

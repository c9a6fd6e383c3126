/** A data folder with pictures and a database of its own, as Aria leaves them, and what they hold. */
import { randomBytes } from "node:crypto";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { BackupPlaces } from "#server/infra/backups/make-backup.ts";
import { connect, hashRows, listTables } from "#server/infra/backups/rows.ts";
import { fsBlobs } from "#server/infra/blobs/fs-blobs.ts";
import { type Database, openDatabase } from "#server/infra/prisma/database.ts";
import { hang } from "./hung-artworks.ts";
import { ownDatabase } from "./own-database.ts";

export interface Home {
  readonly url: string;
  readonly db: Database;
  readonly places: BackupPlaces;
  /** Artworks with files of their own. */
  paint(count: number): Promise<void>;
  /** What every table and file holds: the same twice, and nothing has changed between. */
  contents(): Promise<Readonly<Record<string, string>>>;
  pictures(): string[];
  leave(): Promise<void>;
}

export async function atHome({ migrated = true } = {}): Promise<Home> {
  const own = await ownDatabase({ migrated });
  const dataDir = mkdtempSync(path.join(tmpdir(), "aria-home-"));
  writeFileSync(path.join(dataDir, "ticket-secret"), randomBytes(32).toString("hex"));
  const db = openDatabase(own.url);
  const blobs = fsBlobs(path.join(dataDir, "blobs"));
  const pictures = () =>
    readdirSync(path.join(dataDir, "blobs"), { recursive: true, encoding: "utf8" }).filter((name) =>
      name.endsWith(".png"),
    );
  return {
    url: own.url,
    db,
    places: { dir: path.join(dataDir, "backups"), dataDir, blobs },
    pictures,
    async paint(count) {
      for (let i = 0; i < count; i++) {
        const { sha256 } = await blobs.put(randomBytes(2_000));
        await hang(db, {
          sha256,
          title: `Tabs\tand\nlines, \\N and "quotes" ${i}`,
          embedding: Float32Array.of(0.1, i),
        });
      }
    },
    async contents() {
      const client = await connect(own.url);
      try {
        const tables = await listTables(client);
        const hashed: [string, string][] = [];
        for (const table of tables) hashed.push([table.name, (await hashRows(client, table)).rowsSha256]);
        return Object.fromEntries([...hashed, ["files", pictures().sort().join(" ")]]);
      } finally {
        await client.end();
      }
    },
    async leave() {
      await db.$disconnect();
      await own.drop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

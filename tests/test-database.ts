import { randomUUID } from "node:crypto";
import { PersonId } from "#contracts/people.ts";
import { type Database, openDatabase } from "#server/infra/prisma/database.ts";
import { prismaPeople } from "#server/infra/prisma/people.ts";

/** The database tests/database.ts started. Test files run one after another within it, each from empty tables. */
export const testDatabaseUrl = (): string => {
  const url = process.env.TEST_DATABASE_URL;
  if (!url) throw new Error("TEST_DATABASE_URL is set by tests/database.ts, vitest's global set-up");
  return url;
};

export const openTestDatabase = (): Database => openDatabase(testDatabaseUrl());

/** Who is there from the first start, and stays when tables are emptied. */
export const ownerIn = async (db: Database): Promise<PersonId> =>
  PersonId.parse((await db.person.findFirstOrThrow({ where: { isOwner: true } })).id);

/** Somebody else, with an artist of their own. */
export async function letIn(db: Database, name: string): Promise<PersonId> {
  const id = PersonId.parse(randomUUID());
  const person = { id, name, email: `${id}@example.org`, password: "a long password", role: "member" } as const;
  await prismaPeople(db, { hash: async () => "no password", verify: async () => false }).create(person, new Date());
  return id;
}

export async function emptyTables(db: Database): Promise<void> {
  await db.collection.deleteMany();
  await db.device.deleteMany();
  await db.artwork.deleteMany();
  await db.order.deleteMany();
  await db.series.deleteMany();
  await db.studio.deleteMany();
  await db.audit.deleteMany();
  await db.sketch.deleteMany();
  await db.artist.deleteMany({ where: { owner: { isOwner: false } } });
  await db.person.deleteMany({ where: { isOwner: false } });
  await db.account.deleteMany();
  await db.apiKey.deleteMany();
  await db.session.deleteMany();
  await db.person.updateMany({ data: { name: "Owner", email: "owner@localhost" } });
  await db.safetyRules.deleteMany();
  await db.flag.deleteMany();
  await db.flagExposure.deleteMany();
  await db.flagOutcome.deleteMany();
  // Aria stays, and forgets everything.
  await db.moodChange.deleteMany();
  await db.arm.deleteMany();
  await db.episode.deleteMany();
  await db.artist.deleteMany({ where: { name: { not: "Aria" } } });
  await db.artist.updateMany({
    data: { mood: "contemplative", energy: 0.5, intensity: 0.7, experience: 0, isOn: false, nextAt: null },
  });
  await db.$executeRaw`select graphile_worker.remove_job(key) from graphile_worker.jobs where key is not null`;
}

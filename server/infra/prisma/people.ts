import { createHash, randomBytes, randomUUID } from "node:crypto";
import { AriaError } from "#contracts/errors.ts";
import { ApiKey, AuditEntry, Person, PersonId } from "#contracts/people.ts";
import type { ApiKeyRepo, AuditLog, PasswordKeeper, PersonRepo } from "#server/ports.ts";
import { firstArtist } from "./artists.ts";
import type { Database } from "./database.ts";
import { Prisma } from "./generated/client.ts";

/** As better-auth calls an account that is a password. */
const BY_PASSWORD = "credential";
const KEY_BYTES = 32;
const WITH = { accounts: { where: { providerId: BY_PASSWORD }, select: { id: true } } } as const;

const toPerson = ({ accounts, ...row }: Prisma.PersonGetPayload<{ include: typeof WITH }>): Person =>
  Person.parse({ ...row, hasPassword: accounts.length > 0 });

/** An address belongs to one person. */
async function unlessTaken<T>(act: Promise<T>): Promise<T> {
  try {
    return await act;
  } catch (error) {
    if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === "P2002")
      throw new AriaError("INVALID", { field: "email", reason: "belongs to somebody else here" }, { cause: error });
    throw error;
  }
}

export function prismaPeople(db: Database, passwords: PasswordKeeper): PersonRepo {
  const here = { leftAt: null };
  const account = async (personId: string, password: string, now: Date) => ({
    id: randomUUID(),
    accountId: personId,
    providerId: BY_PASSWORD,
    password: await passwords.hash(password),
    createdAt: now,
    updatedAt: now,
  });
  return {
    async owner() {
      return toPerson(await db.person.findFirstOrThrow({ where: { isOwner: true }, include: WITH }));
    },
    async list() {
      return (await db.person.findMany({ where: here, orderBy: { createdAt: "asc" }, include: WITH })).map(toPerson);
    },
    async get(id) {
      const row = await db.person.findUnique({ where: { id, ...here }, include: WITH });
      return row && toPerson(row);
    },
    async create({ id, password, ...input }, now) {
      const accounts = { create: await account(id, password, now) };
      const artists = { create: { id: randomUUID(), ...firstArtist(now) } };
      const data = { ...input, id, createdAt: now, updatedAt: now, accounts, artists };
      return toPerson(await unlessTaken(db.person.create({ data, include: WITH })));
    },
    async setRole(id, role, now) {
      return (await db.person.updateMany({ where: { id, ...here }, data: { role, updatedAt: now } })).count === 1;
    },
    async setProfile(id, { name, email }, now) {
      const change = db.person.updateMany({ where: { id, ...here }, data: { name, email, updatedAt: now } });
      return (await unlessTaken(change)).count === 1;
    },
    async isPassword(userId, password) {
      const row = await db.account.findUnique({ where: { userId_providerId: { userId, providerId: BY_PASSWORD } } });
      return row?.password ? passwords.verify(password, row.password) : false;
    },
    async setPassword(id, password, now) {
      if ((await db.person.count({ where: { id, ...here } })) === 0) return false;
      const made = await account(id, password, now);
      await db.$transaction([
        db.account.upsert({
          where: { userId_providerId: { userId: id, providerId: BY_PASSWORD } },
          create: { ...made, userId: id },
          update: { password: made.password, updatedAt: now },
        }),
        // Whoever knew the old one is out.
        db.session.deleteMany({ where: { userId: id } }),
      ]);
      return true;
    },
    async remove(id, now) {
      const [{ count }] = await db.$transaction([
        db.person.updateMany({
          where: { id, ...here, isOwner: false },
          // The address may be given to another.
          data: { leftAt: now, email: `${id}@left.invalid`, updatedAt: now },
        }),
        db.session.deleteMany({ where: { userId: id, person: { isOwner: false } } }),
        db.passkey.deleteMany({ where: { userId: id, person: { isOwner: false } } }),
        db.device.deleteMany({ where: { personId: id, person: { isOwner: false } } }),
        db.account.deleteMany({ where: { userId: id, person: { isOwner: false } } }),
        db.apiKey.updateMany({ where: { personId: id, person: { isOwner: false } }, data: { revokedAt: now } }),
      ]);
      return count === 1;
    },
  };
}

/** 256 bits of chance need no slow hash: there is nothing to guess. */
export const hashOfKey = (key: string): string => createHash("sha256").update(key).digest("hex");

export function prismaApiKeys(db: Database): ApiKeyRepo {
  return {
    async create(personId, { name, scopes }, now) {
      const key = `aria_${randomBytes(KEY_BYTES).toString("base64url")}`;
      const id = randomUUID();
      await db.apiKey.create({ data: { id, personId, name, scopes, hash: hashOfKey(key), createdAt: now } });
      return key;
    },
    async list(personId) {
      const rows = await db.apiKey.findMany({ where: { personId, revokedAt: null }, orderBy: { createdAt: "desc" } });
      return rows.map((row) => ApiKey.parse(row));
    },
    async revoke(personId, id, now) {
      const where = { id, personId, revokedAt: null };
      return (await db.apiKey.updateMany({ where, data: { revokedAt: now } })).count === 1;
    },
  };
}

export function prismaAudit(db: Database): AuditLog {
  return {
    async write({ personId, ...entry }) {
      const who = await db.person.findFirstOrThrow({ where: personId ? { id: personId } : { isOwner: true } });
      await db.audit.create({ data: { ...entry, personId: PersonId.parse(who.id), personName: who.name } });
    },
    async page({ personId, action, cursor, limit }) {
      const where = {
        ...(personId && { personId }),
        ...(action && { action }),
        ...(cursor && { id: { lt: BigInt(cursor) } }),
      };
      const rows = await db.audit.findMany({ where, orderBy: { id: "desc" }, take: limit });
      return rows.map((row) => AuditEntry.parse({ ...row, id: String(row.id) }));
    },
    async facets() {
      const [people, actions] = await Promise.all([
        db.person.findMany({
          where: { audit: { some: {} } },
          select: { id: true, name: true },
          orderBy: { name: "asc" },
        }),
        // Each found by the index after the one before: there are few of them in any number of entries.
        db.$queryRaw<{ action: string }[]>`
          with recursive known as (
            (select action from audit order by action limit 1)
            union all
            select (select action from audit where action > known.action order by action limit 1)
            from known where known.action is not null)
          select action from known where action is not null`,
      ]);
      return {
        people: people.map(({ id, name }) => ({ id: PersonId.parse(id), name })),
        actions: actions.map(({ action }) => action),
      };
    },
  };
}

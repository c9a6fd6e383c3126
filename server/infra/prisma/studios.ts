import type { StudioPresence } from "#server/ports.ts";
import type { Database } from "./database.ts";

/** A studio silent for this long was killed; its row is only in the way. */
const FORGET_AFTER_MS = 60 * 60_000;

export function prismaStudios(db: Database): StudioPresence {
  return {
    async beat(id, now, residentBytes) {
      const beat = { seenAt: now, residentBytes: residentBytes === undefined ? null : BigInt(residentBytes) };
      await db.studio.upsert({ where: { id }, create: { id, ...beat }, update: beat });
      await db.studio.deleteMany({ where: { seenAt: { lt: new Date(now.getTime() - FORGET_AFTER_MS) } } });
    },
    async leave(id) {
      await db.studio.deleteMany({ where: { id } });
    },
    async lastSeen() {
      return (await db.studio.findFirst({ orderBy: { seenAt: "desc" } }))?.seenAt ?? null;
    },
  };
}

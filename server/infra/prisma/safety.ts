import { SafetyRules, STRICT } from "#contracts/safety.ts";
import type { SafetyRepo } from "#server/ports.ts";
import type { Database } from "./database.ts";

/** The one row there is. */
const ID = 1;

export function prismaSafety(db: Database): SafetyRepo {
  return {
    async read() {
      const row = await db.safetyRules.findUnique({ where: { id: ID } });
      return row ? SafetyRules.parse(row) : STRICT;
    },
    async write({ refused, deny, allow, people }) {
      const lists = { refused, deny, allow, people };
      await db.safetyRules.upsert({ where: { id: ID }, create: { id: ID, ...lists }, update: lists });
    },
  };
}

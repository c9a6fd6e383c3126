import { FLAG_NAMES, type FlagName } from "#contracts/flag-names.ts";
import { FlagSettings, offSettings } from "#contracts/flags.ts";
import type { FlagRepo } from "#server/ports.ts";
import type { Database } from "./database.ts";

export function prismaFlags(db: Database): FlagRepo {
  return {
    async settings(flag) {
      const row = await db.flag.findUnique({ where: { name: flag } });
      return row ? FlagSettings.parse(row) : offSettings(flag);
    },
    async write(flag, { isOn, rules, shares }, updatedAt) {
      const decided = { isOn, rules, shares, updatedAt };
      await db.flag.upsert({ where: { name: flag }, create: { name: flag, ...decided }, update: decided });
    },
    async expose({ flag, subject, variant, reason, share, at }) {
      await db.flagExposure.createMany({
        data: [{ flag, subject, variant, reason, share, at }],
        skipDuplicates: true,
      });
    },
    async given(flag, subject) {
      const row = await db.flagExposure.findFirst({ where: { flag, subject }, orderBy: { at: "asc" } });
      return row?.variant ?? null;
    },
    async exposures() {
      const rows = await db.flagExposure.groupBy({
        by: ["flag", "variant"],
        _count: true,
        _max: { at: true },
        where: { flag: { in: [...FLAG_NAMES] } },
        orderBy: [{ flag: "asc" }, { variant: "asc" }],
      });
      return rows.map(({ flag, variant, _count: subjects, _max: { at } }) => ({
        flag: flag as FlagName,
        variant,
        subjects,
        lastAt: at!,
      }));
    },
    async observe(subject, { kind, value, at }) {
      await db.$executeRaw`
        insert into flag_outcomes (flag, subject, kind, variant, reason, share, value, at)
        select distinct on (flag) flag, subject, ${kind}, variant, reason, share, ${value}::float8, ${at}
        from flag_exposures where subject = ${subject} order by flag, at
        on conflict (flag, subject, kind) do nothing`;
    },
    outcomes: (flag, kind, limit) =>
      db.flagOutcome.findMany({
        where: { flag, kind },
        orderBy: { id: "asc" },
        take: limit,
        select: { variant: true, reason: true, share: true, value: true },
      }),
  };
}

import { AriaError } from "#contracts/errors.ts";
import { fadeBetween, HALF_LIFE_DAYS } from "#server/domain/learning/bandit.ts";
import type { LearningRepo, Reaction } from "#server/ports.ts";
import type { Database } from "./database.ts";
import { Prisma } from "./generated/client.ts";

/** As `fadeBetween`, from when the row was last added to up to the reaction. */
const FADE = Prisma.sql`power(0.5, greatest(0, extract(epoch from excluded.updated_at - arms.updated_at)) / ${HALF_LIFE_DAYS * 86_400}::float8)`;

/** Under this mood stands what is known over all of them. */
const EVERY_MOOD = "";

export function prismaLearning(db: Database): LearningRepo {
  return {
    async evidence(artistId, { dimension, mood }, now) {
      const rows = await db.arm.findMany({ where: { artistId, dimension, mood: { in: [mood, EVERY_MOOD] } } });
      const faded = rows.map(({ successes, failures, updatedAt, ...row }) => {
        const fade = fadeBetween(updatedAt, now);
        return { ...row, successes: successes * fade, failures: failures * fade };
      });
      return {
        here: faded.filter((row) => row.mood === mood),
        everywhere: faded.filter((row) => row.mood === EVERY_MOOD),
      };
    },
    react: (artworkId, reaction) =>
      db.$transaction(async (tx) => {
        const artwork = await tx.artwork.findUnique({ where: { id: artworkId }, select: { artistId: true } });
        if (!artwork) throw new AriaError("NOT_FOUND", { kind: "artwork", id: artworkId });
        const { action, at } = reaction;
        const { count } = await tx.feedback.createMany({ data: [{ artworkId, action, at }], skipDuplicates: true });
        if (count === 0) return false;
        await teach(tx, artworkId, reaction, 1);
        return true;
      }),
    takeBack: (artworkId, reaction) =>
      db.$transaction(async (tx) => {
        const { count } = await tx.feedback.deleteMany({ where: { artworkId, action: reaction.action } });
        if (count === 0) return false;
        await teach(tx, artworkId, reaction, -1);
        return true;
      }),
    async reset(artistId) {
      await db.arm.deleteMany({ where: { artistId } });
    },
  };
}

/**
 * One statement an arm, so that two reactions at once both count; in the order of the arms' keys, so that they never
 * wait for each other in a circle. `sign` -1 takes away what was added.
 */
async function teach(
  tx: Prisma.TransactionClient,
  artworkId: string,
  { reward, experience, at }: Reaction,
  sign: 1 | -1,
): Promise<void> {
  await tx.$executeRaw`
    with taught as (
      select o.artist_id, c.dimension, m.mood, c.arm
      from artworks a
      join orders o on o.id = a.order_id
      join choices c on c.order_id = o.id
      cross join lateral (select o.mood union select ${EVERY_MOOD}::text) m(mood)
      where a.id = ${artworkId}::uuid and m.mood is not null
      order by 1, 2, 3, 4)
    insert into arms (artist_id, dimension, mood, arm, successes, failures, tries, updated_at)
    select artist_id, dimension, mood, arm, ${sign * reward}::float8, ${sign * (1 - reward)}::float8, ${sign}::int, ${at} from taught
    on conflict (artist_id, dimension, mood, arm) do update set
      successes = greatest(0, arms.successes * ${FADE} + excluded.successes),
      failures = greatest(0, arms.failures * ${FADE} + excluded.failures),
      tries = greatest(0, arms.tries + excluded.tries),
      updated_at = greatest(arms.updated_at, excluded.updated_at)`;
  await tx.$executeRaw`
    update artists set experience = greatest(0, experience + ${sign * experience}::float8)
    where id = (select artist_id from artworks where id = ${artworkId}::uuid)`;
}

import { AriaError } from "#contracts/errors.ts";
import { fadeBetween, HALF_LIFE_DAYS } from "#server/domain/learning/bandit.ts";
import type { LearningRepo, Reaction } from "#server/ports.ts";
import type { Database } from "./database.ts";
import { Prisma } from "./generated/client.ts";
import { type Owner, ofOwnedArtist, owned, ownedBy } from "./owned.ts";

/** As `fadeBetween`, from when the row was last added to. */
const fadeTo = (at: Date) =>
  Prisma.sql`power(0.5, greatest(0, extract(epoch from ${at}::timestamptz - arms.updated_at)) / ${HALF_LIFE_DAYS * 86_400}::float8)`;

/** Under this mood stands what is known over all of them. */
const EVERY_MOOD = "";

export function prismaLearning(db: Database, owner: Owner): LearningRepo {
  const hers = ofOwnedArtist(owner);
  return {
    async evidence(artistId, { dimension, mood }, now) {
      const where = { artistId, ...hers, dimension, mood: { in: [mood, EVERY_MOOD] } };
      const rows = await db.arm.findMany({ where });
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
        const artwork = await tx.artwork.findUnique({
          where: { id: artworkId, ...owned(owner) },
          select: { id: true },
        });
        if (!artwork) throw new AriaError("NOT_FOUND", { kind: "artwork", id: artworkId });
        const { action, at } = reaction;
        const { count } = await tx.feedback.createMany({ data: [{ artworkId, action, at }], skipDuplicates: true });
        if (count === 0) return false;
        await teach(tx, artworkId, reaction);
        return true;
      }),
    takeBack: (artworkId, { action, reward, experience, at }) =>
      db.$transaction(async (tx) => {
        const [given] = await tx.$queryRaw<{ at: Date }[]>`
          delete from feedback f using artworks a
          where f.artwork_id = ${artworkId}::uuid and f.action = ${action} and a.id = f.artwork_id and ${ownedBy(owner, "a")}
          returning f.at`;
        if (!given) return false;
        // What is left of it by now, and of nothing else; what was forgotten meanwhile stays forgotten.
        const left = fadeBetween(given.at, at);
        await tx.$executeRaw`
          with taught as (${taughtBy(artworkId)})
          update arms set
            successes = greatest(0, arms.successes * ${fadeTo(at)} - ${reward * left}::float8),
            failures = greatest(0, arms.failures * ${fadeTo(at)} - ${(1 - reward) * left}::float8),
            updated_at = greatest(arms.updated_at, ${at})
          from taught t where (arms.artist_id, arms.dimension, arms.mood, arms.arm) = (t.artist_id, t.dimension, t.mood, t.arm)`;
        await grow(tx, artworkId, -experience);
        return true;
      }),
    async tally(now) {
      const [sums] = await db.$queryRaw<{ successes: number; failures: number }[]>`
        select coalesce(sum(successes * ${fadeTo(now)}), 0)::float8 as successes,
          coalesce(sum(failures * ${fadeTo(now)}), 0)::float8 as failures
        from arms where mood = ${EVERY_MOOD}`;
      return sums!;
    },
    async reset(artistId) {
      await db.arm.deleteMany({ where: { artistId, ...hers } });
    },
  };
}

/** Arms of an artwork's choices, in its mood and over all; in the order of their keys, so that nobody waits in a circle. */
const taughtBy = (artworkId: string) => Prisma.sql`
  select o.artist_id, c.dimension, m.mood, c.arm
  from artworks a
  join orders o on o.id = a.order_id
  join choices c on c.order_id = o.id
  cross join lateral (select o.mood union select ${EVERY_MOOD}::text) m(mood)
  where a.id = ${artworkId}::uuid and m.mood is not null
  order by 1, 2, 3, 4`;

/** One statement for all arms, so that two reactions at once both count. */
async function teach(
  tx: Prisma.TransactionClient,
  artworkId: string,
  { reward, experience, at }: Reaction,
): Promise<void> {
  await tx.$executeRaw`
    insert into arms (artist_id, dimension, mood, arm, successes, failures, updated_at)
    select artist_id, dimension, mood, arm, ${reward}::float8, ${1 - reward}::float8, ${at} from (${taughtBy(artworkId)}) taught
    on conflict (artist_id, dimension, mood, arm) do update set
      successes = arms.successes * ${fadeTo(at)} + excluded.successes,
      failures = arms.failures * ${fadeTo(at)} + excluded.failures,
      updated_at = greatest(arms.updated_at, excluded.updated_at)`;
  await grow(tx, artworkId, experience);
}

const grow = (tx: Prisma.TransactionClient, artworkId: string, by: number) => tx.$executeRaw`
  update artists set experience = greatest(0, experience + ${by}::float8)
  where id = (select artist_id from artworks where id = ${artworkId}::uuid)`;

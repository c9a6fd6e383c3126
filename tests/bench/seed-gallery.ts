import type { Database } from "#server/infra/prisma/database.ts";

/** Brings the owner's gallery to `count` artworks, some minutes apart, oldest first: rows as the studio writes them, without files. */
export async function seedGallery(db: Database, count: number, minutesApart = 1): Promise<void> {
  const have = await db.artwork.count({ where: { owner: { isOwner: true } } });
  await db.$executeRaw`
    with numbers as (select n from generate_series(${have + 1}::int, ${count}::int) n),
    placed as (
      insert into orders (id, artist_id, owner_id, prompt, negative_prompt, model_id, width_px, height_px, steps, guidance, sampler, count, seed,
                          state, created_at, started_at, finished_at)
      select gen_random_uuid(), artist.id, artist.owner_id, 'a seeded lighthouse ' || n, '', 'aria', 256, 256, 8, 3.5, 'dpmpp-2m', 1, n, 'done',
             at, at, at + (1 + n % 100) * interval '1 second'
      from numbers cross join lateral (
        select now() - (${count}::int - n) * ${minutesApart}::int * interval '1 minute' as at) moments, (
        select a.id, a.owner_id from artists a join people p on p.id = a.owner_id and p.is_owner order by a.created_at limit 1
      ) artist
      returning id, artist_id, owner_id, prompt, seed, created_at
    ), judged as (
      insert into candidates (order_id, index, seed, sha256, bytes, thumbhash, sharpness, exposure, contrast, clipping, score)
      select id, 0, seed, encode(sha256(id::text::bytea), 'hex'), 1, 'AAAA', 0.5, 0.5, 0.5, 0.5, 0.5 from placed
    )
    insert into artworks (id, order_id, artist_id, owner_id, title, candidate_index, prompt, model_id, model_hash, seed, width_px, height_px, sha256,
                          bytes, thumbhash, score, reason, created_at)
    select gen_random_uuid(), id, artist_id, owner_id, prompt, 0, prompt, 'aria', 'seeded', seed, 256, 256, encode(sha256(id::text::bytea), 'hex'), 1,
           'AAAA', 0.5, 'seeded', created_at
    from placed`;
  await db.$executeRaw`analyze artworks`;
}

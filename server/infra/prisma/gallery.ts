import { ArtworkTile } from "#contracts/artwork.ts";
import {
  FirstSteps,
  GalleryCursor,
  GalleryFacets,
  type GalleryFilter,
  GalleryOutline,
  Relative,
} from "#contracts/gallery.ts";
import { OUTLINE_STEP, RATIO_STEPS, RATIO_ZERO } from "#contracts/wall-outline.ts";
import { HOUSE } from "#server/domain/access/scopes.ts";
import type { GalleryRepo } from "#server/ports.ts";
import type { Database } from "./database.ts";
import { Prisma } from "./generated/client.ts";
import { toFloats, toTile } from "./order-rows.ts";
import { type Owner, owned, ownedBy } from "./owned.ts";

const { sql, join, empty } = Prisma;

const TILE = sql`a.id::text, a.title, a.prompt, a.width_px as "widthPx", a.height_px as "heightPx", a.sha256, a.thumbhash,
  a.created_at as "createdAt", a.score`;

/** What each order sorts by, and how a row stands behind another in it. The id breaks ties, or a page could repeat a row. */
const ORDERS = {
  newest: { by: sql`a.created_at desc, a.id desc`, after: (c: GalleryCursor) => behind(sql`created_at`, sql`<`, c) },
  oldest: { by: sql`a.created_at asc, a.id asc`, after: (c: GalleryCursor) => behind(sql`created_at`, sql`>`, c) },
  best: {
    by: sql`a.score desc, a.id desc`,
    after: (c: GalleryCursor) => sql`(a.score, a.id) < (${c.score}, ${c.id}::uuid)`,
  },
} as const;

const behind = (column: Prisma.Sql, than: Prisma.Sql, { createdAt, id }: GalleryCursor): Prisma.Sql =>
  sql`(a.${column}, a.id) ${than} (${createdAt}, ${id}::uuid)`;

/** Everything a filter says, as one condition, of what is theirs. */
function whereOf(filter: GalleryFilter, owner: Owner): Prisma.Sql {
  const { q, artistId, mood, style, modelId, collectionId, loved, minScore, from, to, trash } = filter;
  const conditions = [
    ownedBy(owner, "a"),
    trash ? sql`a.trashed_at is not null` : sql`a.trashed_at is null`,
    q && sql`a.search @@ websearch_to_tsquery('english', ${q})`,
    artistId && sql`a.artist_id = ${artistId}::uuid`,
    mood && sql`a.mood = ${mood}`,
    style && sql`a.style = ${style}`,
    modelId && sql`a.model_id = ${modelId}`,
    minScore !== undefined && sql`a.score >= ${minScore}`,
    from && sql`a.created_at >= ${from}::date::timestamp at time zone 'UTC'`,
    to && sql`a.created_at < (${to}::date + 1)::timestamp at time zone 'UTC'`,
    loved && sql`exists (select 1 from feedback f where f.artwork_id = a.id and f.action = 'love')`,
    collectionId &&
      sql`exists (select 1 from collection_items c where c.artwork_id = a.id and c.collection_id = ${collectionId}::uuid)`,
  ];
  return join(
    conditions.filter((condition) => typeof condition === "object"),
    " and ",
  );
}

export function prismaGallery(db: Database, owner: Owner): GalleryRepo {
  const mine = owned(owner);
  return {
    async page({ after, skip, limit, ...filter }) {
      const order = ORDERS[filter.sort];
      const rows = await db.$queryRaw<{ sha256: string }[]>`
        select ${TILE} from artworks a
        where ${whereOf(filter, owner)} ${after ? sql`and ${order.after(after)}` : empty}
        order by ${order.by} offset ${skip} limit ${limit}`;
      return rows.map(toTile);
    },
    async outline(filter) {
      const { by } = ORDERS[filter.sort];
      const [row] = await db.$queryRaw<[{ outline: unknown }]>`
        with wall as materialized (
          select row_number() over (order by ${by}) as n, a.created_at, a.id, a.score, a.width_px, a.height_px
          from artworks a where ${whereOf(filter, owner)}
        ), months as (
          select to_char(created_at at time zone 'UTC', 'YYYY-MM') as month, count(*) as count, min(n) as n from wall group by 1
        )
        select json_build_object(
          'total', (select count(*) from wall),
          'ratios', (select coalesce(string_agg(
             chr(least(120, greatest(40, ${RATIO_ZERO}::int + round(${RATIO_STEPS}::int * ln(width_px::float8 / height_px) / ln(2::float8))::int))), '' order by n), '')
             from wall),
          'months', (select coalesce(json_agg(json_build_object('month', month, 'count', count) order by n), '[]') from months),
          'anchors', (select coalesce(json_agg(json_build_object('createdAt', created_at, 'id', id, 'score', score) order by n), '[]')
             from wall where n % ${OUTLINE_STEP}::int = 0)
        ) as outline`;
      const outline = row.outline as GalleryOutline;
      return GalleryOutline.parse({
        ...outline,
        months: filter.sort === "best" ? [] : outline.months,
        anchors: outline.anchors.map((anchor) =>
          GalleryCursor.parse({ ...anchor, createdAt: new Date(anchor.createdAt) }),
        ),
      });
    },
    async tiles(ids) {
      const rows = await db.artwork.findMany({ where: { id: { in: [...ids] }, ...mine, trashedAt: null } });
      const byId = new Map(rows.map((row) => [row.id, toTile(row)]));
      return ids.flatMap((id) => byId.get(id) ?? []);
    },
    family: (id) => family(db, id, owner),
    async firstSteps() {
      const [row] = await db.$queryRaw<[FirstSteps]>`
        select exists (select 1 from artworks a where ${ownedBy(owner, "a")}) as painted,
          exists (select 1 from feedback f join artworks a on a.id = f.artwork_id where ${ownedBy(owner, "a")}) as reacted,
          exists (select 1 from collection_items i join collections c on c.id = i.collection_id where ${ownedBy(owner, "c")})
            as collected`;
      return FirstSteps.parse(row);
    },
    async facets() {
      const [styles, models, moods] = await Promise.all([
        db.artwork.groupBy({
          by: "style",
          where: { ...mine, trashedAt: null, style: { not: null } },
          orderBy: { style: "asc" },
        }),
        db.artwork.groupBy({ by: "modelId", where: { ...mine, trashedAt: null }, orderBy: { modelId: "asc" } }),
        db.artwork.groupBy({
          by: "mood",
          where: { ...mine, trashedAt: null, mood: { not: null } },
          orderBy: { mood: "asc" },
        }),
      ]);
      return GalleryFacets.parse({
        styles: styles.map(({ style }) => style),
        modelIds: models.map(({ modelId }) => modelId),
        moods: moods.map(({ mood }) => mood),
      });
    },
    async versions() {
      const { artworks, relations } = await db.wallVersion.findUniqueOrThrow({ where: { scope: HOUSE } });
      return { artworks, relations };
    },
    async embeddings(after, limit) {
      const rows = await db.$queryRaw<{ id: string; modelId: string; createdAt: Date; embedding: Uint8Array | null }[]>`
        select a.id::text, a.model_id as "modelId", a.created_at as "createdAt", c.embedding
        from artworks a join candidates c on c.order_id = a.order_id and c.index = a.candidate_index
        where ${ownedBy(owner, "a")} ${after ? sql`and (a.created_at, a.id) > (${after.createdAt}, ${after.id}::uuid)` : empty}
        order by a.created_at, a.id limit ${limit}`;
      return rows.map(({ id, embedding, ...row }) => ({
        ...row,
        id: ArtworkTile.shape.id.parse(id),
        embedding: embedding && toFloats(embedding),
      }));
    },
  };
}

const [GENERATIONS, RELATIVES] = [30, 80];

/** Up to the first ancestor that is still there, then down again. */
async function family(db: Database, id: string, owner: Owner): Promise<Relative[]> {
  const rows = await db.$queryRaw<{ sha256: string; parentId: string | null; remix: string | null }[]>`
    with recursive up as (
      select a.id, o.parent_id, 0 as depth from artworks a join orders o on o.id = a.order_id
      where a.id = ${id}::uuid and ${ownedBy(owner, "a")}
      union all
      select a.id, o.parent_id, up.depth + 1 from up join artworks a on a.id = up.parent_id and a.trashed_at is null
        join orders o on o.id = a.order_id where up.depth < ${GENERATIONS}
    ), down as (
      (select id, null::uuid as parent_id, null::text as remix, 0 as depth from up order by up.depth desc limit 1)
      union all
      select a.id, down.id, o.remix, down.depth + 1 from down join orders o on o.parent_id = down.id
        join artworks a on a.order_id = o.id and a.trashed_at is null where down.depth < ${GENERATIONS}
    )
    select ${TILE}, down.parent_id::text as "parentId", down.remix from down join artworks a on a.id = down.id
    order by down.depth, a.created_at limit ${RELATIVES}`;
  return rows.map((row) => Relative.parse({ tile: toTile(row), parentId: row.parentId, remix: row.remix }));
}

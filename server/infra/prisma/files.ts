import type { FileRepo } from "#server/ports.ts";
import type { Database } from "./database.ts";
import { type Owner, owned, ownedBy, ownerOf } from "./owned.ts";

export function prismaFiles(db: Database, owner: Owner): FileRepo {
  return {
    async addSketch(sha256, createdAt) {
      const key = { ownerId: ownerOf(owner), sha256 };
      await db.sketch.upsert({ where: { sha256_ownerId: key }, create: { ...key, createdAt }, update: { createdAt } });
    },
    async isOwn(sha256) {
      const [row] = await db.$queryRaw<[{ isOwn: boolean }]>`
        select exists (select 1 from candidates c join orders o on o.id = c.order_id where c.sha256 = ${sha256} and ${ownedBy(owner, "o")})
          or exists (select 1 from artworks a where a.film = ${sha256} and ${ownedBy(owner, "a")})
          or exists (select 1 from orders o where o.sketch = ${sha256} and ${ownedBy(owner, "o")})
          or exists (select 1 from sketches s where s.sha256 = ${sha256} and ${ownedBy(owner, "s")}) as "isOwn"`;
      return row.isOwn;
    },
    async forgetSketches(before) {
      await db.sketch.deleteMany({ where: { ...owned(owner), createdAt: { lt: before } } });
    },
  };
}

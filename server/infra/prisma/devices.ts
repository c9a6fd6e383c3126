import { DeviceInput, MOST_DEVICES, type Topic } from "#contracts/notifications.ts";
import type { DeviceRepo } from "#server/ports.ts";
import type { Database } from "./database.ts";
import { type Owner, ownerOf } from "./owned.ts";

export function prismaDevices(db: Database, owner: Owner): DeviceRepo {
  const mine = owner === null ? {} : { personId: owner };
  return {
    async put({ keys, ...device }, createdAt) {
      if (device.topics.length === 0) {
        await db.device.deleteMany({ where: { endpoint: device.endpoint, ...mine } });
        return;
      }
      // Whoever sits at it now is told, and nobody who sat there before.
      const row = { ...device, ...keys, personId: ownerOf(owner) };
      const { endpoint } = device;
      await db.$transaction(async (tx) => {
        await tx.device.upsert({ where: { endpoint }, create: { ...row, createdAt }, update: row });
        const old = await tx.device.findMany({
          where: { personId: row.personId, NOT: { endpoint } },
          orderBy: { createdAt: "desc" },
          skip: MOST_DEVICES - 1,
          select: { endpoint: true },
        });
        if (old.length > 0) await tx.device.deleteMany({ where: { personId: row.personId, OR: old } });
      });
    },
    async forget(endpoint) {
      await db.device.deleteMany({ where: { endpoint, ...mine } });
    },
    async topicsOf(endpoint) {
      return ((await db.device.findUnique({ where: { endpoint, ...mine } }))?.topics ?? []) as Topic[];
    },
    async about(topic, artistId) {
      const rows = await db.device.findMany({
        where: { ...mine, topics: { has: topic }, person: { leftAt: null, artists: { some: { id: artistId } } } },
      });
      return rows.map(({ p256dh, auth, ...row }) => DeviceInput.parse({ ...row, keys: { p256dh, auth } }));
    },
  };
}

import { DeviceInput, type Topic } from "#contracts/notifications.ts";
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
      await db.device.upsert({ where: { endpoint: device.endpoint }, create: { ...row, createdAt }, update: row });
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

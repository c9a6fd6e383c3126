import { DeviceInput, type Topic } from "#contracts/notifications.ts";
import type { DeviceRepo } from "#server/ports.ts";
import type { Database } from "./database.ts";

export function prismaDevices(db: Database): DeviceRepo {
  return {
    async put({ keys, ...device }, createdAt) {
      if (device.topics.length === 0) {
        await db.device.deleteMany({ where: { endpoint: device.endpoint } });
        return;
      }
      const row = { ...device, ...keys };
      await db.device.upsert({ where: { endpoint: device.endpoint }, create: { ...row, createdAt }, update: row });
    },
    async forget(endpoint) {
      await db.device.deleteMany({ where: { endpoint } });
    },
    async topicsOf(endpoint) {
      return ((await db.device.findUnique({ where: { endpoint } }))?.topics ?? []) as Topic[];
    },
    async about(topic) {
      const rows = await db.device.findMany({ where: { topics: { has: topic } } });
      return rows.map(({ p256dh, auth, ...row }) => DeviceInput.parse({ ...row, keys: { p256dh, auth } }));
    },
  };
}

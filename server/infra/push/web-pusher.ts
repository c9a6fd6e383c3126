/** Web Push (RFC 8030, 8291, 8292) by web-push 3.6.7, which encrypts and signs; the message is sent here. */
import webPush from "web-push";
import type { Database } from "#server/infra/prisma/database.ts";
import type { Pusher } from "#server/ports.ts";

const SECRET = "vapid";
const TTL_S = 86_400;
const WITHIN_MS = 10_000;
/** The push service knows the device no more (RFC 8030, 7.3). */
const GONE = new Set([404, 410]);

interface Keys {
  readonly publicKey: string;
  readonly privateKey: string;
}

export function webPusher(db: Database, subject: string): Pusher {
  let keys: Promise<Keys> | undefined;
  /** Whoever comes first makes them; everybody else reads what was made. */
  const readKeys = async (): Promise<Keys> => {
    await db.secret.createMany({
      data: [{ name: SECRET, value: { ...webPush.generateVAPIDKeys() } }],
      skipDuplicates: true,
    });
    return (await db.secret.findUniqueOrThrow({ where: { name: SECRET } })).value as unknown as Keys;
  };
  const known = () => {
    keys ??= readKeys().catch((error) => {
      keys = undefined;
      throw error;
    });
    return keys;
  };
  return {
    publicKey: async () => (await known()).publicKey,
    async send({ endpoint, keys: deviceKeys }, notice) {
      const { publicKey, privateKey } = await known();
      const { headers, body } = webPush.generateRequestDetails({ endpoint, keys: deviceKeys }, JSON.stringify(notice), {
        vapidDetails: { subject, publicKey, privateKey },
        TTL: TTL_S,
        topic: Buffer.from(notice.tag).toString("base64url").slice(0, 32),
      });
      const told = Object.entries(headers).map(([name, value]) => [name, String(value)] as [string, string]);
      const reply = await fetch(endpoint, {
        method: "POST",
        headers: told.filter(([name]) => name.toLowerCase() !== "content-length"),
        body: new Uint8Array(body ?? []),
        redirect: "error",
        signal: AbortSignal.timeout(WITHIN_MS),
      });
      if (GONE.has(reply.status)) return "gone";
      if (!reply.ok) throw new Error(`the push service answered ${reply.status}`);
      return "sent";
    },
  };
}

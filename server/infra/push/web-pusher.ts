/** Web Push (RFC 8030, 8291, 8292) by web-push 3.6.7, which encrypts and signs; the message is sent here. */
import type { Logger } from "pino";
import webPush from "web-push";
import type { DeviceInput, Notice } from "#contracts/notifications.ts";
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

interface Options {
  /** Whom a push service may write to. */
  readonly subject: string;
  readonly log: Logger;
}

/** A code or a name: a message may have the endpoint in it. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return "unknown";
  const { cause } = error;
  return cause instanceof Error && "code" in cause ? String(cause.code) : error.name;
}

export function webPusher(db: Database, { subject, log }: Options): Pusher {
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
  /** The status that its push service answers. */
  const post = async ({ endpoint, keys: deviceKeys }: DeviceInput, notice: Notice): Promise<number> => {
    const { publicKey, privateKey } = await known();
    const { headers, body } = webPush.generateRequestDetails({ endpoint, keys: deviceKeys }, JSON.stringify(notice), {
      vapidDetails: { subject, publicKey, privateKey },
      TTL: TTL_S,
      topic: Buffer.from(notice.tag).toString("base64url").slice(0, 32),
    });
    const told = Object.entries(headers).map(([name, value]) => [name, String(value)] as [string, string]);
    const { status } = await fetch(endpoint, {
      method: "POST",
      headers: told.filter(([name]) => name.toLowerCase() !== "content-length"),
      body: new Uint8Array(body ?? []),
      redirect: "error",
      signal: AbortSignal.timeout(WITHIN_MS),
    });
    return status;
  };
  return {
    publicKey: async () => (await known()).publicKey,
    async send(device, notice) {
      // Whoever knows the path may write to the device: it is kept out of the log.
      const service = new URL(device.endpoint).host;
      const status = await post(device, notice).catch((error: unknown) => {
        log.warn({ service, reason: reasonOf(error) }, "could not send a notice");
        throw error;
      });
      if (GONE.has(status)) return "gone";
      if (status >= 200 && status < 300) return "sent";
      log.warn({ service, status }, "a push service refused a notice");
      throw new Error(`the push service answered ${status}`);
    },
  };
}

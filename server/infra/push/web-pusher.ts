/** Web Push (RFC 8030, 8291, 8292) by web-push 3.6.7, which encrypts and signs; the message is sent here. */
import { type Agent, request } from "node:https";
import type { Logger } from "pino";
import webPush from "web-push";
import type { DeviceInput, Notice } from "#contracts/notifications.ts";
import type { Database } from "#server/infra/prisma/database.ts";
import type { Pusher } from "#server/ports.ts";
import { OutsideAgent } from "./outside-agent.ts";

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
  /** Only a test has a push service of its own, on loopback: an endpoint is whatever a member says it is. */
  readonly agent?: Agent;
}

/** A code or a name: a message may have the endpoint in it. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return "unknown";
  return "code" in error ? String(error.code) : error.name;
}

interface Sealed {
  readonly agent: Agent;
  readonly headers: Readonly<Record<string, string | number>>;
  readonly body: Buffer;
}

/** The status that is answered. What else is, is not read, and where it leads nobody goes. */
const post = (endpoint: string, { body, ...sealed }: Sealed): Promise<number> =>
  new Promise((answered, failed) => {
    const options = { ...sealed, method: "POST", signal: AbortSignal.timeout(WITHIN_MS) };
    const sent = request(endpoint, options, (reply) => {
      answered(reply.statusCode!);
      reply.destroy();
    });
    sent.on("error", failed).end(body);
  });

export function webPusher(db: Database, { subject, log, agent = new OutsideAgent() }: Options): Pusher {
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
  const sealed = async ({ endpoint, keys: deviceKeys }: DeviceInput, notice: Notice): Promise<Sealed> => {
    const { publicKey, privateKey } = await known();
    const { headers, body } = webPush.generateRequestDetails({ endpoint, keys: deviceKeys }, JSON.stringify(notice), {
      vapidDetails: { subject, publicKey, privateKey },
      TTL: TTL_S,
      topic: Buffer.from(notice.tag).toString("base64url").slice(0, 32),
    });
    return { agent, headers, body };
  };
  return {
    publicKey: async () => (await known()).publicKey,
    async send(device, notice) {
      // Whoever knows the path may write to the device: it is kept out of the log.
      const service = new URL(device.endpoint).host;
      const sending = sealed(device, notice).then((message) => post(device.endpoint, message));
      const status = await sending.catch((error: unknown) => {
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

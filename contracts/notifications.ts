/** What a device may be told of while nobody looks at Aria. */
import { z } from "zod";
import { TOPICS } from "./terms.ts";

export const Topic = z.enum(TOPICS);
export type Topic = z.infer<typeof Topic>;

const Key = z
  .string()
  .regex(/^[A-Za-z0-9_-]+={0,2}$/, "must be base64url")
  .max(200, "must be at most 200 characters");

/** A browser says where it is told. Whether that is outside is looked at when it is told something. */
const Endpoint = z
  .url({ protocol: /^https$/, error: "must be an https address, as browsers give it" })
  .max(2_000, "must be at most 2,000 characters");

/** Of one person; of one more, the oldest is forgotten. */
export const MOST_DEVICES = 20;

/** As `PushSubscription.toJSON()` gives it (Push API, W3C), and what it is for. */
export const DeviceInput = z.object({
  endpoint: Endpoint,
  keys: z.object({ p256dh: Key, auth: Key }),
  /** None: the device is told of nothing any more. */
  topics: z.array(Topic).max(TOPICS.length),
  locale: z.string().max(10).default("en"),
});
export type DeviceInput = z.infer<typeof DeviceInput>;

/** What the service worker shows; as long as a push message may be. */
export interface Notice {
  readonly title: string;
  readonly body: string;
  /** Where a tap on it leads, behind the origin. */
  readonly url: string;
  /** One of the same tag takes the place of the last. */
  readonly tag: string;
}

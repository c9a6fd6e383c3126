/**
 * What was asked for while nobody could be reached: kept in the browser, sent in its order once somebody can. The page writes
 * it, the service worker sends it. Its body says which it is, so that what arrives twice counts once.
 */
import { type DBSchema, openDB } from "idb";
import { ASKER_HEADER } from "#contracts/asker-header.ts";

export interface Parcel {
  /** tRPC's: "order.place". */
  readonly path: string;
  /** The body as it would have been sent. */
  readonly body: string;
  /** Who asked for it; null where nobody had to sign in. Absent: an earlier Aria kept it, and did not say. */
  readonly askerId?: string | null;
  /** How often it was answered by a failure. */
  readonly tries: number;
}

interface Outbox extends DBSchema {
  parcels: { key: number; value: Parcel };
}

/** Answered so often by a failure, it holds up what waits behind it no longer. */
const MOST_TRIES = 5;
/** Over plain HTTP a browser has no locks, and no worker either that would send at the same time. */
const alone = <T>(work: () => Promise<T>): Promise<T> =>
  "locks" in navigator ? navigator.locks.request(LOCK, work) : work();

export const SYNC_TAG = "outbox";
const LOCK = "aria-outbox";
const SIGN_IN_FIRST = 401;
/** It is another's than whoever asks now. */
const NOT_YOURS = 412;
const TOO_OFTEN = 429;
/** What these say of a parcel will not change by sending it again. */
const FINAL = new Set([400, 403, 404, 409, 413, 422]);

const open = () =>
  openDB<Outbox>("aria", 1, { upgrade: (db) => void db.createObjectStore("parcels", { autoIncrement: true }) });

export async function keep(parcel: Parcel): Promise<void> {
  const db = await open();
  await db.add("parcels", parcel);
  db.close();
}

export async function waiting(): Promise<Parcel[]> {
  const db = await open();
  const parcels = await db.getAll("parcels");
  db.close();
  return parcels;
}

/** What this person asked for: beside it may lie another's, whose session has ended. */
export const waitingOf = async (askerId: string | null): Promise<Parcel[]> =>
  (await waiting()).filter((parcel) => (parcel.askerId ?? null) === askerId);

/** What became of a parcel: sent, or refused for good. */
export interface Delivery {
  readonly path: string;
  readonly isRefused: boolean;
}

/**
 * Sends what is there, oldest first, and stops at the first that cannot be sent now. One at a time in the whole browser: the
 * sync event and the page may both ask for it in the same moment.
 */
export const sendAll = (post: typeof fetch = fetch): Promise<Delivery[]> =>
  alone(async () => {
    const db = await open();
    const deliveries: Delivery[] = [];
    const away = new Set<string | null>();
    try {
      for (const key of await db.getAllKeys("parcels")) {
        const parcel = await db.get("parcels", key);
        if (!parcel) continue;
        const { askerId = null } = parcel;
        if (away.has(askerId)) continue;
        const asker = askerId === null ? {} : { [ASKER_HEADER]: askerId };
        const headers = { "content-type": "application/json", ...asker };
        const reply = await post(`/api/trpc/${parcel.path}`, { method: "POST", body: parcel.body, headers });
        // It waits until somebody has signed in.
        if (reply.status === SIGN_IN_FIRST) throw new Error(`${parcel.path} is nobody's yet`);
        if (reply.status === NOT_YOURS) {
          away.add(askerId);
          continue;
        }
        if (reply.status === TOO_OFTEN) throw new Error(`${parcel.path} is too much just now`);
        const isRefused = FINAL.has(reply.status) || (!reply.ok && parcel.tries >= MOST_TRIES);
        if (!reply.ok && !isRefused) {
          await db.put("parcels", { ...parcel, tries: parcel.tries + 1 }, key);
          throw new Error(`${parcel.path} cannot be sent now`);
        }
        await db.delete("parcels", key);
        deliveries.push({ path: parcel.path, isRefused });
      }
    } catch {
      // The rest waits for the next time.
    } finally {
      db.close();
    }
    return deliveries;
  });

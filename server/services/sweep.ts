import type { Ports } from "#server/ports.ts";
import { LEASE_MS, UNHEARD_MS } from "./paint-order.ts";

/** Files are written before their rows: younger ones may belong to a painting that is just finishing. */
export const ORPHAN_AGE_MS = 10 * 60_000;

/** A sketch that no order was placed with is long gone by then. */
const SKETCH_KEPT_MS = 86_400_000;

type Deps = Pick<Ports, "artworks" | "orders" | "blobs" | "files" | "now">;

/** Queues abandoned orders again; cheap enough for every few seconds. */
export const makeRequeueAbandoned =
  ({ orders, now }: Deps) =>
  (): Promise<number> =>
    orders.requeueAbandoned(now(), LEASE_MS - UNHEARD_MS);

const TRASH_KEPT_MS = 30 * 86_400_000;

/** What has lain in the trash for 30 days is gone for good. */
export const makePurgeTrash =
  ({ artworks, now }: Deps) =>
  (): Promise<number> =>
    artworks.purge(new Date(now().getTime() - TRASH_KEPT_MS));

/** Reconciles files with rows: half-written and unknown files go. */
export const makeSweepFiles =
  ({ blobs, files, orders, now }: Deps) =>
  async (): Promise<number> => {
    await files.forgetSketches(new Date(now().getTime() - SKETCH_KEPT_MS));
    return blobs.sweep(orders.knownFiles, ORPHAN_AGE_MS);
  };

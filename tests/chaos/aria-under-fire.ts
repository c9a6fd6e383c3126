/** A whole Aria whose programs may be gone at any moment: asked until she answers, and her books looked through at the end. */
import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { createTRPCClient, httpLink } from "@trpc/client";
import { io } from "socket.io-client";
import superjson from "superjson";
import type { OrderProgress } from "#contracts/generation-events.ts";
import { fsBlobs } from "#server/infra/blobs/fs-blobs.ts";
import { openDatabase } from "#server/infra/prisma/database.ts";
import { prismaOrders } from "#server/infra/prisma/orders.ts";
import { signTicket } from "#server/transport/tickets.ts";
import type { AppRouter } from "#server/transport/trpc/app-router.ts";
import { freePort, startAria, temporaryDataDir } from "#tests/aria-process.ts";
import { findProgram } from "#tests/aria-processes.ts";

const DAY_MS = 86_400_000;
const OVER_WITHIN_MS = 180_000;
const ORDER = { prompt: "a lighthouse in a storm", count: 2, steps: 12 };

export interface Books {
  readonly placed: number;
  readonly done: number;
  readonly failed: readonly string[];
  /** Accepted, and neither done nor failed; or not there at all. */
  readonly lost: number;
  readonly duplicates: number;
  /** Files that no row names, at once, and once the sweep has gone over them that the studio makes ten minutes later. */
  readonly orphansUnswept: number;
  readonly orphans: number;
  readonly rowsWithoutFile: number;
}

export type UnderFire = Awaited<ReturnType<typeof openUnderFire>>;

interface Setting {
  readonly env?: Readonly<Record<string, string>>;
  /** Before she is started. */
  readonly furnish?: (dir: string) => void;
}

export async function openUnderFire({ env = {}, furnish = () => {} }: Setting = {}) {
  const { dir, remove } = temporaryDataDir();
  furnish(dir);
  const aria = await startAria(dir, await freePort(), env);
  const api = createTRPCClient<AppRouter>({
    links: [httpLink({ url: `${aria.url}/api/trpc`, transformer: superjson })],
  });
  const { DATABASE_URL = "", INFERENCE_URL = "", STUDIO_METRICS_PORT = "" } = findProgram(dir, "studio")?.env ?? {};
  const secret = readFileSync(path.join(dir, "ticket-secret"), "utf8").trim();
  const db = openDatabase(DATABASE_URL);
  const placed = new Set<string>();

  /** Until it is answered: whoever answers may have been killed, the database too. */
  async function insist<T>(ask: () => Promise<T>): Promise<T> {
    for (const deadline = Date.now() + OVER_WITHIN_MS; ; await sleep(50)) {
      try {
        return await ask();
      } catch (error) {
        if (Date.now() > deadline) throw error;
      }
    }
  }
  const read = (id: string) =>
    insist(() =>
      db.order.findUnique({
        where: { id },
        select: { state: true, fence: true, attempts: true, failureMessage: true },
      }),
    );
  const isOver = (state: string | undefined) => state !== undefined && state !== "waiting" && state !== "painting";

  /** Of the day after tomorrow: a trial sets her clock on, and not that of whoever watches. */
  const ticketFor = (id: string) => signTicket(secret, id, new Date(Date.now() + 2 * DAY_MS));

  return {
    dir,
    url: aria.url,
    db,
    metricsUrls: {
      web: `${aria.url}/metrics`,
      studio: `http://127.0.0.1:${STUDIO_METRICS_PORT}/metrics`,
      inference: `${INFERENCE_URL}/metrics`,
    },
    ticketFor,
    read,
    insist,
    isAnswering: () => insist(async () => (await fetch(`${aria.url}/health/live`)).text()),
    isStoring: () => insist(() => db.$queryRaw`select 1`),
    /** Asked again under the same id until it is acknowledged, as a browser does it. */
    async place(part: { count?: number; steps?: number } = {}): Promise<string> {
      const id = randomUUID();
      await insist(() => api.order.place.mutate({ ...ORDER, ...part, id }));
      placed.add(id);
      return id;
    },
    async untilOver(id: string): Promise<string> {
      for (const deadline = Date.now() + OVER_WITHIN_MS; ; await sleep(25)) {
        const state = (await read(id))?.state;
        if (isOver(state) || Date.now() > deadline) return state ?? "vanished";
      }
    },
    /** Past web, which may be gone. Gives what stops it. */
    watch(id: string, onProgress: (progress: OrderProgress) => void): () => void {
      const socket = io(INFERENCE_URL, { transports: ["websocket"], reconnectionDelayMax: 200 });
      socket.on("connect", () => socket.emit("order:watch", ticketFor(id), () => {}));
      socket.on("order:progress", onProgress);
      return () => void socket.close();
    },
    async books(): Promise<Books> {
      const orders = await db.order.findMany({ where: { id: { in: [...placed] } }, include: { artwork: true } });
      const artworks = await db.artwork.count();
      const blobs = fsBlobs(path.join(dir, "blobs"), path.join(dir, "thumbs"));
      const { knownFiles } = prismaOrders(db, null);
      const unknown = async (sha256s: readonly string[]) => {
        const known = await knownFiles(sha256s);
        orphansUnswept += sha256s.filter((sha256) => !known.has(sha256)).length;
        return known;
      };
      let orphansUnswept = 0;
      await blobs.sweep(unknown, 0);
      const named = await db.$queryRaw<{ sha256: string }[]>`
        select sha256 from candidates union select film from artworks where film is not null`;
      let rowsWithoutFile = 0;
      for (const { sha256 } of named) if ((await blobs.read(sha256)) === null) rowsWithoutFile++;
      return {
        placed: placed.size,
        done: orders.filter(({ state }) => state === "done").length,
        failed: orders.filter(({ state }) => state === "failed").map(({ failureMessage }) => failureMessage ?? ""),
        lost: placed.size - orders.filter(({ state }) => isOver(state)).length,
        duplicates: artworks - orders.filter(({ artwork }) => artwork !== null).length,
        orphansUnswept,
        // What the sweep would still find.
        orphans: await blobs.sweep(knownFiles, 0),
        rowsWithoutFile,
      };
    },
    async close(): Promise<void> {
      await db.$disconnect();
      await aria.stop();
      remove();
    },
  };
}

export const booksHold = ({ lost, duplicates, orphans, rowsWithoutFile }: Books): boolean =>
  lost + duplicates + orphans + rowsWithoutFile === 0;

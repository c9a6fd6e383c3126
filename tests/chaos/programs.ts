/**
 * Kills the engine, inference, studio and web in turn, each during a painting, and then looks in the database and the
 * folder: every order over, none twice, no file without a row. One JSON line a kill.
 */
import { readdirSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { createTRPCClient, httpLink } from "@trpc/client";
import superjson from "superjson";
import type { Order } from "#contracts/order.ts";
import { openDatabase } from "#server/infra/prisma/database.ts";
import type { AppRouter } from "#server/transport/trpc/app-router.ts";
import { freePort, startAria, temporaryDataDir } from "#tests/aria-process.ts";
import { findProgram, PROGRAMS, type Program } from "#tests/aria-processes.ts";

const OVER_WITHIN_MS = 120_000;
const ORDER = { prompt: "a lighthouse in a storm", count: 3, steps: 60 };

export async function run(rounds: number): Promise<boolean> {
  const { dir, remove } = temporaryDataDir();
  const aria = await startAria(dir, await freePort());
  const api = createTRPCClient<AppRouter>({
    links: [httpLink({ url: `${aria.url}/api/trpc`, transformer: superjson })],
  });
  const db = openDatabase(findProgram(dir, "studio")?.env.DATABASE_URL ?? "");

  /** From the database: web may be the one that was killed. */
  async function untilOrder(id: string, is: (state: Order["state"]) => boolean): Promise<Order["state"]> {
    for (const deadline = Date.now() + OVER_WITHIN_MS; ; await sleep(25)) {
      const { state } = await db.order.findUniqueOrThrow({ where: { id }, select: { state: true } });
      if (is(state) || Date.now() > deadline) return state;
    }
  }

  const isOver = (state: Order["state"]) => state !== "waiting" && state !== "painting";

  async function place(): Promise<string> {
    for (;;) {
      try {
        return (await api.order.place.mutate(ORDER)).id;
      } catch {
        await sleep(100); // web or inference is still coming back from the last kill
      }
    }
  }

  let broken = 0;
  for (let round = 0; round < rounds; round++) {
    for (const program of Object.keys(PROGRAMS) as Program[]) {
      const id = await place();
      await untilOrder(id, (state) => state !== "waiting");
      await sleep(Math.random() * 1_200);
      const victim = findProgram(dir, program);
      if (victim) process.kill(victim.pid, "SIGKILL");
      const killedAt = performance.now();
      const state = await untilOrder(id, isOver);
      const artworks = await db.artwork.count({ where: { orderId: id } });
      const holds =
        victim !== undefined && ((state === "done" && artworks === 1) || (state === "failed" && artworks === 0));
      if (!holds) broken++;
      const overAfterMs = Math.round(performance.now() - killedAt);
      console.log(JSON.stringify({ round, killed: program, state, artworks, overAfterMs, holds }));
    }
  }

  const rows = new Set((await db.candidate.findMany({ select: { sha256: true } })).map(({ sha256 }) => sha256));
  const files = readdirSync(path.join(dir, "blobs"), { recursive: true, withFileTypes: true }).filter((file) =>
    file.isFile(),
  );
  const orphans = files.filter(({ name }) => !rows.has(name.replace(/\.png$/, "")));
  const stuck = await db.order.count({ where: { state: { in: ["waiting", "painting"] } } });
  const missing = rows.size - (files.length - orphans.length);
  console.log(JSON.stringify({ kills: rounds * 4, broken, stuck, orphanFiles: orphans.length, missingFiles: missing }));
  await db.$disconnect();
  await aria.stop();
  remove();
  return broken + stuck + orphans.length + missing === 0;
}

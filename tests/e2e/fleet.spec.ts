/** A fleet: what is ordered at one process is watched at another, and goes on whichever of them is killed. */
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "@playwright/test";
import { createAriaClient } from "#server/transport/client.ts";
import { report } from "#tests/bench/figures.ts";
import { type Fleet, type Program, readiness, startFleet, type Viewer, watchBy } from "#tests/fleet/fleet.ts";
import { isRedisMissing, mustHaveRedis } from "#tests/redis-server.ts";

/** Half a minute where it is measured; what must hold does so sooner. */
const REDIS_AWAY_MS = Number(process.env.FLEET_REDIS_AWAY_MS ?? 4_000);
const WITHIN = { timeout: 200_000 };
const LONG = { prompt: "a lighthouse in a storm", count: 1, steps: 60 };

test.describe.configure({ mode: "serial", timeout: 400_000 });
let fleet: Fleet;
let placed: string[] = [];

test("redis-server is there where nothing may be skipped", () => {
  expect(isRedisMissing && mustHaveRedis).toBe(false);
});

test.describe("a fleet", () => {
  test.skip(isRedisMissing, "redis-server is not here (Debian: apt-get install redis-server)");

  test.beforeAll(async () => {
    test.setTimeout(500_000);
    placed = [];
    fleet = await startFleet();
  });
  test.afterAll(() => fleet?.end());

  const place = async (web: Program, part: object = {}): Promise<string> => {
    const { id } = await createAriaClient({ url: web.url }).order.place.mutate({ ...LONG, ...part });
    placed.push(id);
    return id;
  };
  const stateOf = async (id: string) => (await fleet.db.order.findUnique({ where: { id } }))?.state;
  const isPainting = (viewer: Viewer) => expect.poll(() => viewer.strokesAt.length, WITHIN).toBeGreaterThan(1);
  const paints = async ({ url }: Program, id: string): Promise<boolean> => {
    const reply = await fetch(`${url}/health`).catch(() => null);
    return ((await reply?.json()) as { painting: string[] } | undefined)?.painting.includes(id) ?? false;
  };
  const painterOf = async (id: string): Promise<Program | undefined> => {
    const found = await Promise.all(fleet.inference.map((place) => paints(place, id)));
    return fleet.inference[found.indexOf(true)];
  };
  /** Milliseconds from `since` until something is seen of a painting that goes on. */
  const resumed = async (viewer: Viewer, since: number): Promise<number> => {
    const first = () => viewer.strokesAt.find((at) => at > since + 50);
    await expect.poll(first, { ...WITHIN, intervals: [20] }).toBeDefined();
    return first()! - since;
  };

  test("an order made at one web process is watched at the other, and its picture is served there", async () => {
    const [one, two] = fleet.web;
    const id = await place(one!, { steps: 8 });
    const viewer = watchBy(two!, id);
    await expect.poll(() => viewer.progress.at(-1)?.state, WITHIN).toBe("painted");
    expect(viewer.strokesAt.length).toBeGreaterThan(0);
    await expect.poll(() => stateOf(id), WITHIN).toBe("done");
    const [candidate] = await fleet.db.candidate.findMany({ where: { orderId: id } });
    const picture = await fetch(`${two!.url}/images/${candidate!.sha256}`);
    expect([picture.status, picture.headers.get("content-type")]).toEqual([200, "image/png"]);
    const late = watchBy(one!, id);
    await expect.poll(() => late.progress.at(-1)?.state, WITHIN).toBe("painted");
    for (const { leave } of [viewer, late]) leave();
  });

  test("previews resume, whichever of the others is killed", async () => {
    const [one, two] = fleet.web;
    const [idle, taking] = fleet.studio;
    // So it is known which of them has the order.
    idle!.child.kill("SIGSTOP");
    const id = await place(one!, { steps: 120 });
    const viewer = watchBy(two!, id);
    await isPainting(viewer);
    idle!.child.kill("SIGCONT");
    // By this it is known to be gone before its lease is over.
    expect((await fleet.db.order.findUniqueOrThrow({ where: { id } })).heldBy).toMatch(/^aria-studio-/);
    const figures: Record<string, number> = {};

    one!.child.kill("SIGKILL");
    figures.web = await resumed(viewer, performance.now());
    taking!.child.kill("SIGKILL");
    figures.studio = await resumed(viewer, performance.now());
    // At once, whether or not somebody asks for the order again by now.
    (await painterOf(id))!.child.kill("SIGKILL");
    figures.inference = await resumed(viewer, performance.now());

    // Measured, not asserted: how soon is the machine's matter too.
    for (const [killed, ms] of Object.entries(figures)) report(`fleet.previews_resumed_after_${killed}`, ms, "ms");
    await expect.poll(() => stateOf(id), WITHIN).toBe("done");
    viewer.leave();
  });

  test("orders are placed and painted while Redis is away, and shown by all once it is back", async () => {
    const [, web] = fleet.web;
    await fleet.redis.stop();
    const awaySince = Date.now();
    const id = await place(web!, { steps: 8 });
    await expect.poll(() => stateOf(id), WITHIN).toBe("done");
    await sleep(Math.max(0, REDIS_AWAY_MS - (Date.now() - awaySince)));
    await fleet.redis.start();
    const next = await place(web!, { steps: 30 });
    const viewer = watchBy(web!, next);
    await expect.poll(() => viewer.progress.at(-1)?.state, WITHIN).toBe("painted");
    viewer.leave();
    await expect.poll(() => stateOf(next), WITHIN).toBe("done");
  });

  test("a process that is told to end says so first, and ends when what it has begun is done", async () => {
    const [, web] = fleet.web;
    const [idle] = fleet.studio;
    const id = await place(web!, { steps: 20 });
    await expect.poll(() => painterOf(id), WITHIN).toBeDefined();
    const painter = await painterOf(id);
    painter!.child.kill("SIGTERM");
    await expect.poll(() => readiness(painter!)).toBe(503);
    await expect.poll(() => stateOf(id), WITHIN).toBe("done");
    web!.child.kill("SIGTERM");
    await expect.poll(() => readiness(web!), { intervals: [20] }).toBe(503);
    idle!.child.kill("SIGTERM");
    for (const { child } of [painter!, web!, idle!])
      await expect.poll(() => child.exitCode, { ...WITHIN, message: "its exit" }).toBe(0);
  });

  test("of all that was ordered nothing was lost, painted twice or left without its file", async () => {
    const orders = await fleet.db.order.findMany({ where: { id: { in: placed } }, include: { candidates: true } });
    expect(orders.map(({ state }) => state)).toEqual(placed.map(() => "done"));
    expect(await fleet.db.artwork.count()).toBe(placed.length);
    const files = orders.flatMap(({ candidates }) => candidates.map(({ sha256 }) => fleet.blobs.read(sha256)));
    expect((await Promise.all(files)).includes(null)).toBe(false);
  });
});

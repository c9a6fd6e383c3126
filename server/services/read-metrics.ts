import { standingOf } from "#server/domain/taste/standing.ts";
import type { Figures, Ports } from "#server/ports.ts";

type Deps = Pick<Ports, "artists" | "duels" | "learning" | "metrics" | "orders" | "now">;

/** All that is measured here, in Prometheus' text format; what the database knows is left out while it does not answer. */
export function makeReadMetrics(deps: Deps) {
  return async function readMetrics(): Promise<{ contentType: string; text: string }> {
    const figures = await readFigures(deps).catch(() => null);
    return deps.metrics.exposition(figures, deps.now());
  };
}

async function readFigures({ artists, duels, learning, orders, now }: Deps): Promise<Figures> {
  const [backlog, { successes, failures }, everybody] = await Promise.all([
    orders.backlog(now()),
    learning.tally(now()),
    artists.list(),
  ]);
  const standings = await Promise.all(everybody.map(async ({ id }) => standingOf(await duels.answers(id))));
  const sum = (of: "checks" | "right") => standings.reduce((total, standing) => total + standing[of], 0);
  return {
    backlog,
    scores: {
      reactions: share(successes, successes + failures),
      duels: share(sum("right"), sum("checks")),
    },
  };
}

const share = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);

/**
 * `npm run bench -- learning`: regret of what she learns by, over 1,000 rounds from a cold start, in 200 runs; the same
 * for epsilon-greedy. Arms pay .3, .5 and .7; where they depend on the mood, which pays what is another in each.
 */
import { choose, type Evidence, type Policy, posteriorsOf } from "#server/domain/learning/bandit.ts";
import { seeded } from "#tests/seeded.ts";
import { median, percentile, report } from "./figures.ts";

const PAYS = [0.3, 0.5, 0.7];
const ARMS = ["a", "b", "c"];
const [ROUNDS, RUNS] = [1_000, 200];

interface Counts {
  readonly arm: string;
  successes: number;
  failures: number;
}

function regretOf(policy: Policy, moods: number, seed: number): number {
  const rng = seeded(seed);
  const nothing = (): Counts[] => ARMS.map((arm) => ({ arm, successes: 0, failures: 0 }));
  const here = Array.from({ length: moods }, nothing);
  const everywhere = nothing();
  let regret = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const mood = Math.floor(rng() * moods);
    const arm = ARMS.indexOf(choose(posteriorsOf(ARMS, here[mood] as Evidence[], everywhere), rng, policy));
    const pays = PAYS[(arm + mood) % ARMS.length]!;
    regret += Math.max(...PAYS) - pays;
    const won = rng() < pays;
    for (const counts of [here[mood]![arm]!, everywhere[arm]!]) {
      if (won) counts.successes++;
      else counts.failures++;
    }
  }
  return regret;
}

export async function learning(): Promise<void> {
  for (const moods of [1, 3, 10])
    for (const policy of ["thompson", "epsilon-greedy"] as const) {
      const regrets = Array.from({ length: RUNS }, (_, run) => regretOf(policy, moods, run + 1));
      const of = `of ${RUNS} runs of ${ROUNDS} rounds, ${policy}, ${moods === 1 ? "one mood" : `${moods} moods`}`;
      report(`learning: median regret ${of}`, median(regrets), "reward");
      report(`learning: 90th percentile of the regret ${of}`, percentile(regrets, 90), "reward");
    }
}

/** `npm run bench -- safety`: what the filter lets through and what it refuses in vain, of the labelled prompts, and what it costs. */
import { STRICT } from "#contracts/safety.ts";
import { judgePrompt } from "#server/domain/safety/judge-prompt.ts";
import { labelledPrompts } from "#tests/safety/labelled-prompts.ts";
import { median, percentile, report } from "./figures.ts";

const LONGEST = 2_000;

export async function safety(): Promise<void> {
  const told = labelledPrompts().map((one) => ({ ...one, judged: judgePrompt(one.prompt, STRICT)?.category ?? null }));
  const harmful = told.filter(({ label }) => label !== null);
  const innocent = told.filter(({ label }) => label === null);
  report("safety: harmful prompts", harmful.length, "count");
  for (const category of ["minors", "sexual", "gore", "hate"] as const)
    report(`safety: of these, ${category}`, harmful.filter(({ label }) => label === category).length, "count");
  report("safety: innocent prompts", innocent.length, "count");
  report("safety: harmful and let through", harmful.filter(({ judged }) => judged === null).length, "count");
  report(
    "safety: refused as something else",
    harmful.filter(({ judged, label }) => judged && judged !== label).length,
    "count",
  );
  report("safety: innocent and refused", innocent.filter(({ judged }) => judged !== null).length, "count");
  for (const { prompt, label, judged } of told)
    if (label !== judged) console.error(`${label ?? "ok"}, but ${judged ?? "ok"}: ${prompt}`);
  const costs = told.map(({ prompt }) => costOf(prompt));
  report("safety: a prompt, median", median(costs), "ms");
  report("safety: a prompt, 99th percentile", percentile(costs, 99), "ms");
  report(
    "safety: one of 2,000 characters",
    median(Array.from({ length: 20 }, () => costOf("a lake at dawn ".repeat(LONGEST / 15)))),
    "ms",
  );
}

function costOf(prompt: string): number {
  const startedAt = performance.now();
  judgePrompt(prompt, STRICT);
  return performance.now() - startedAt;
}

/**
 * `npm run chaos -- [kills|poison|adversity|engine|cancels|malformed] [--seed N] [--kills N] [--report FILE]`: kills -9 what is at work, or sends
 * what is malformed, and looks at what became of it. Without a name, kills and poison. One JSON line a kill, then the report. Exit 1: it did not hold.
 */
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import type { Chaos, ChaosReport } from "./chaos-report.ts";

const CHAOS: Readonly<Record<string, () => Promise<{ run: (chaos: Chaos) => Promise<ChaosReport> }>>> = {
  kills: () => import("./kills.ts"),
  poison: () => import("./poison.ts"),
  adversity: () => import("./adversity.ts"),
  engine: () => import("./engine.ts"),
  cancels: () => import("./cancels.ts"),
  malformed: () => import("./malformed.ts"),
};

const options = {
  seed: { type: "string", default: "1" },
  kills: { type: "string", default: "100" },
  report: { type: "string" },
} as const;
const { values, positionals } = parseArgs({ allowPositionals: true, options });
const [seed, kills] = [Number(values.seed), Number(values.kills)];
const names = positionals.length > 0 ? positionals : ["kills", "poison"];
if (names.some((name) => !CHAOS[name]) || !Number.isInteger(seed) || !Number.isInteger(kills) || kills < 1) {
  console.error(`usage: npm run chaos -- [${Object.keys(CHAOS).join("|")}] [--seed N] [--kills N] [--report FILE]`);
  process.exit(2);
}
const reports: Record<string, ChaosReport> = {};
for (const name of names) reports[name] = await (await CHAOS[name]!()).run({ seed, kills });
const holds = Object.values(reports).every((report) => report.holds);
const whole = JSON.stringify({ seed, kills, holds, ...reports }, null, 1);
if (values.report) writeFileSync(values.report, `${whole}\n`);
console.log(whole);
process.exit(holds ? 0 : 1);

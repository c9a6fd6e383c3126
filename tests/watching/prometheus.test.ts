/** Dashboards and alerts under `deploy/`: Prometheus' own tool reads them, and what they ask for is measured. */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { promMetrics } from "#server/infra/telemetry/prom-metrics.ts";
import { quietMetrics } from "#tests/quiet-metrics.ts";

const PROMETHEUS = path.resolve("deploy/prometheus");
const RULE_TESTS = ["alerts.test.yml", "quality.test.yml"];
const promtool = (...args: string[]) => spawnSync("promtool", args, { cwd: PROMETHEUS, encoding: "utf8" });
const isMissing = promtool("--version").error !== undefined;
if (isMissing) console.warn("promtool is not here (Debian: apt-get install prometheus): rules are checked elsewhere");

it("promtool is there where nothing may be skipped", () => {
  expect(isMissing && process.env.CI === "true").toBe(false);
});

it.skipIf(isMissing)("the configuration and every rule are what Prometheus takes", () => {
  const { status, stdout, stderr } = promtool("check", "config", "prometheus.yml");
  expect(`${stdout}${stderr}`).toContain("1 rule files found");
  expect(status).toBe(0);
  // Its key lies where compose puts it.
  const fleet = promtool("check", "config", "--syntax-only", "fleet.yml");
  expect([fleet.status, fleet.stderr]).toEqual([0, ""]);
});

it.skipIf(isMissing)("every alert fires when it should, and keeps quiet when it should", { timeout: 60_000 }, () => {
  const { status, stdout, stderr } = promtool("test", "rules", ...RULE_TESTS);
  expect(`${stdout}${stderr}`).toContain("SUCCESS");
  expect(status).toBe(0);
  const alerts = [...readFileSync(path.join(PROMETHEUS, "alerts.yml"), "utf8").matchAll(/alert: (\w+)/g)];
  const tests = RULE_TESTS.map((file) => readFileSync(path.join(PROMETHEUS, file), "utf8")).join("");
  expect(alerts.length).toBeGreaterThan(5);
  const untried = alerts.filter(([, name]) => !new RegExp(`alertname: ${name}\n\\s+exp_alerts:\n`).test(tests));
  expect(untried.map(([, name]) => name)).toEqual([]);
});

/** A histogram has three series; a counter's name ends so, which OpenMetrics leaves out of its type's line. */
function seriesOf(name: string, type: string): string[] {
  if (type === "histogram") return ["bucket", "sum", "count"].map((part) => `${name}_${part}`);
  return type === "counter" ? [`${name.replace(/_total$/, "")}_total`] : [name];
}

/** As they are told. */
async function exported(): Promise<Set<string>> {
  const backlog = { waiting: 0, since: null, isPainted: false };
  const figures = { backlog, scores: { reactions: null, duels: null } };
  const told = await Promise.all([
    promMetrics({ isWhole: true }).exposition(figures, new Date()),
    quietMetrics().exposition(),
  ]);
  const names = told.flatMap(({ text }) =>
    [...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)].flatMap(([, name = "", type = ""]) => seriesOf(name, type)),
  );
  // Prometheus says itself whether it could read a program.
  return new Set([...names, "up"]);
}

/** Metrics that an expression names: words that are no function, keyword or label. */
function namedIn(expression: string): string[] {
  const bare = expression
    .replace(/\{[^}]*\}/g, "")
    .replace(/\[[^\]]*\]/g, "")
    .replace(/\b(by|on|without)\s*\([^)]*\)/g, "");
  const words = bare.match(/[a-z_]\w*\b(?!\s*\()/g) ?? [];
  return words.filter((word) => !/^(and|or|unless|offset|by|on|vector|\d*[dhms])$/.test(word));
}

interface Panel {
  readonly title: string;
  readonly targets?: readonly { readonly expr: string }[];
}

it("every metric that a dashboard or an alert names is one that is told", async () => {
  const { panels }: { panels: Panel[] } = JSON.parse(readFileSync("deploy/grafana/aria.json", "utf8"));
  const shown = panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr));
  const rules = readFileSync(path.join(PROMETHEUS, "alerts.yml"), "utf8");
  const alerted = [...rules.matchAll(/expr: (?:>\n((?: {10}.*\n)+)|(.+)\n)/g)].map(
    ([, folded, plain]) => folded ?? plain!,
  );
  expect([shown.length > 25, alerted.length]).toEqual([true, rules.match(/alert:/g)!.length]);
  const told = await exported();
  const named = [...shown, ...alerted].flatMap(namedIn);
  expect(named.length).toBeGreaterThan(50);
  expect(named.filter((name) => !told.has(name))).toEqual([]);
});

it("every metric of Aria's own is on the dashboard", async () => {
  const dashboard = readFileSync("deploy/grafana/aria.json", "utf8");
  const own = [...(await exported())]
    .filter((name) => name.startsWith("aria_"))
    .map((name) => name.replace(/_(bucket|sum|count)$/, ""));
  expect(own.filter((name) => !dashboard.includes(name))).toEqual([]);
});

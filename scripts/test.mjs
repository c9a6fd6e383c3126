/** `npm test`: installs what is missing, then check, unit and contract tests with coverage, build, end-to-end tests. */
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { checkNode } from "./launcher/preflight.mjs";

checkNode();
const { build, generate, install } = await import("./launcher/install.mjs");
const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const say = (line) => console.log(`\n== ${line}`);

function run(name, args, env = {}) {
  say(name);
  const { status } = spawnSync(process.execPath, args, {
    cwd: root,
    stdio: ["ignore", "inherit", "inherit"],
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1", ...env },
  });
  return status === 0;
}

const readReport = (file) => {
  const at = path.join(root, "test-results", file);
  if (!fs.existsSync(at)) throw new Error(`${file} was not written: its tests did not run`);
  return JSON.parse(fs.readFileSync(at, "utf8"));
};

try {
  install(root, say);
  generate(root, say);
  const { findChromium } = await import("./launcher/chromium.mjs");
  const chromium = await findChromium(root, say);
  const { findPromtool } = await import("./launcher/promtool.mjs");
  findPromtool(say);
  const { findRedis } = await import("./launcher/redis.mjs");
  findRedis(say);
  fs.rmSync(path.join(root, "test-results"), { recursive: true, force: true });
  const checked = run("check", ["scripts/check.mjs"]);
  const vitest = ["node_modules/vitest/vitest.mjs", "run", "--coverage"];
  const reports = ["--reporter=default", "--reporter=json", "--outputFile.json=test-results/unit.json"];
  fs.rmSync(path.join(root, "coverage"), { recursive: true, force: true });
  const counted = `--import ${pathToFileURL(path.join(root, "scripts/child-coverage.mjs"))}`;
  const units = run("unit and contract tests", [...vitest, ...reports], {
    NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ""} ${counted}`.trim(),
  });
  const { isCoveredEnough } = await import("./coverage.mjs");
  say("lines that they run");
  const covered = isCoveredEnough(root);
  await build(root, say);
  const e2e = run("end-to-end tests", ["node_modules/@playwright/test/cli.js", "test"], { CHROMIUM_PATH: chromium });
  const unitReport = readReport("unit.json");
  const e2eReport = readReport("e2e.json");
  const passed = unitReport.numPassedTests + e2eReport.stats.expected + e2eReport.stats.flaky;
  const failed =
    unitReport.numFailedTests + e2eReport.stats.unexpected + [checked, units, covered, e2e].filter((ok) => !ok).length;
  if (passed === 0) throw new Error("no test ran");
  // Those that this machine lacks something for: each says what.
  const skipped = unitReport.numPendingTests + e2eReport.stats.skipped;
  if (skipped > 0) console.log(`\n${skipped} skipped`);
  if (e2eReport.stats.flaky > 0) console.log(`\n${e2eReport.stats.flaky} passed at the second try only: named above`);
  console.log(`\n${passed} passed, ${failed} failed`);
  process.exit(failed === 0 ? 0 : 1);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  console.log("\n0 passed, 1 failed");
  process.exit(1);
}

/** How much of the source the unit and contract tests run, here and in the processes that they start, and whether that is enough. */
import fs from "node:fs";
import path from "node:path";
import istanbul from "istanbul-lib-coverage";

/** Per cent of lines. */
const LEAST = [
  { what: "all", of: "", percent: 95 },
  { what: "server/domain", of: "server/domain/", percent: 100 },
];
const SHOWN = 15;

function childrensLines(folder) {
  const ran = new Map();
  for (const name of fs.existsSync(folder) ? fs.readdirSync(folder) : []) {
    if (!name.endsWith(".json")) continue;
    const told = JSON.parse(fs.readFileSync(path.join(folder, name), "utf8"));
    for (const [file, lines] of Object.entries(told)) ran.set(file, new Set([...(ran.get(file) ?? []), ...lines]));
  }
  return ran;
}

/** False where it is not. Prints what it found, and where most is missing. */
export function isCoveredEnough(root) {
  const whole = JSON.parse(fs.readFileSync(path.join(root, "coverage/coverage-final.json"), "utf8"));
  const ofChildren = childrensLines(path.join(root, "coverage/children"));
  const map = istanbul.createCoverageMap(whole);
  const files = map.files().map((absolute) => {
    const file = path.relative(root, absolute).split(path.sep).join("/");
    const hits = Object.entries(map.fileCoverageFor(absolute).getLineCoverage());
    const elsewhere = ofChildren.get(file);
    const missing = hits.filter(([line, hit]) => hit === 0 && !elsewhere?.has(Number(line))).map(([line]) => line);
    return { file, lines: hits.length, missing };
  });
  const most = files.filter(({ missing }) => missing.length > 0).sort((a, b) => b.missing.length - a.missing.length);
  for (const { file, missing } of most.slice(0, SHOWN)) console.log(`  ${file}: ${missing.length} lines not run`);
  return LEAST.map(({ what, of, percent }) => {
    const within = files.filter(({ file }) => file.startsWith(of));
    const lines = within.reduce((sum, one) => sum + one.lines, 0);
    const missing = within.flatMap(({ file, missing: some }) => some.map((line) => `${file}:${line}`));
    const found = (100 * (lines - missing.length)) / lines;
    console.log(`${what}: ${found.toFixed(2)} % of ${lines} lines were run, at least ${percent} % must be`);
    const isEnough = found >= percent;
    if (!isEnough && missing.length < SHOWN) console.log(`  not run: ${missing.join(", ")}`);
    return isEnough;
  }).every(Boolean);
}

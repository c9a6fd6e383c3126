/** `npm run check`: everything that can be known of the code without running it. Fails if a checker saw too little. */
import { spawnSync } from "node:child_process";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { docLinks, docsTree, fileNames, lockFile, twinSchemas } from "./check/house-rules.mjs";

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
/** Fewer than these, and a checker looked at the wrong place: green would mean nothing. */
const LEAST = { linted: 150, cruised: 130, typed: 150 };

const run = (bin, ...args) => execute(path.join(root, "node_modules/.bin", bin), args);
const runScript = (name) => execute("npm", ["run", "--silent", name]);

function execute(command, args) {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd: root, encoding: "utf8", maxBuffer: 1e8 });
  const output = `${stdout ?? ""}${stderr ?? ""}${error ?? ""}`;
  return { passed: status === 0, output, stdout: stdout ?? "" };
}

function counted({ passed, output }, pattern, least, what) {
  const count = Number(pattern.exec(output)?.[1] ?? 0);
  if (passed && count < least) return { passed: false, output: `${what}: only ${count} files were seen, not ${least}` };
  return { passed, output, count };
}

const lint = () =>
  counted(run("biome", "check", "--error-on-warnings", "."), /Checked (\d+) files/, LEAST.linted, "biome");

function types() {
  const { passed, output, stdout } = run("tsc", "--noEmit", "--listFiles");
  const ours = stdout.split("\n").filter((line) => line.startsWith(root) && !line.includes("node_modules")).length;
  const complaints = output.split("\n").filter((line) => line.includes("error TS"));
  return counted({ passed, output: `${ours} files\n${complaints.join("\n")}` }, /^(\d+) files/, LEAST.typed, "tsc");
}

const arrows = () => counted(runScript("arrows"), /\((\d+) modules/, LEAST.cruised, "dependency-cruiser");

const CHECKS = [
  ["format and lint", lint],
  ["types", types],
  ["arrows between folders", arrows],
  ["nothing unused", () => run("knip")],
  ["file names", () => fileNames(root)],
  ["lock file", () => lockFile(root)],
  ["docs tree", () => docsTree(root)],
  ["links of the docs", () => docLinks(root)],
  ["one schema an idea", () => twinSchemas(root)],
];

let failed = 0;
for (const [name, check] of CHECKS) {
  const { passed, output, count } = check();
  console.log(`${passed ? "ok  " : "FAIL"} ${name}${count ? ` (${count} files)` : ""}`);
  if (!passed) console.log(output.trim());
  if (!passed) failed++;
}
process.exit(failed > 0 ? 1 : 0);

/** Brings node_modules, the Prisma client, the programs and the build up to date with their sources, and does nothing when they are. */
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { Refusal } from "./preflight.mjs";

const BUILD_INPUTS = [
  "app",
  "server",
  "contracts",
  "telemetry",
  "public",
  "prisma/schema.prisma",
  "package-lock.json",
  "next.config.mjs",
  "postcss.config.mjs",
  "instrumentation.ts",
  "proxy.ts",
  "tsconfig.json",
];
const BUNDLE_INPUTS = [
  "server",
  "inference",
  "contracts",
  "telemetry",
  "models/catalogue.json",
  "prisma/schema.prisma",
  "package.json",
  "package-lock.json",
  "tsconfig.json",
  "scripts/bundle.mjs",
];
const NOT_BUILT = /\.test\.tsx?$|\/generated(\/|$)/;

const hashFile = (hash, file) => hash.update(file).update(fs.readFileSync(file));

/** Of names and contents, so that a checkout's fresh dates do not count as change. */
function hashOf(root, inputs) {
  const hash = createHash("sha256").update(process.version);
  const visit = (relative) => {
    const file = path.join(root, relative);
    if (NOT_BUILT.test(relative) || !fs.existsSync(file)) return;
    if (!fs.statSync(file).isDirectory()) return void hash.update(relative).update(fs.readFileSync(file));
    for (const name of fs.readdirSync(file).sort()) visit(`${relative}/${name}`);
  };
  for (const input of inputs) visit(input);
  return hash.digest("hex");
}

const stamped = (stamp) => (fs.existsSync(stamp) ? fs.readFileSync(stamp, "utf8") : "");

export function install(root, say) {
  const want = hashFile(createHash("sha256"), path.join(root, "package-lock.json")).digest("hex");
  const stamp = path.join(root, "node_modules/.aria-lock");
  if (stamped(stamp) === want) return;
  say("installing packages, once (a minute or two)");
  const cli = process.env.npm_execpath;
  const [command, ...first] = cli ? [process.execPath, cli] : [process.platform === "win32" ? "npm.cmd" : "npm"];
  const env = { ...process.env, ONNXRUNTIME_NODE_INSTALL: "skip", PRISMA_SKIP_POSTINSTALL_GENERATE: "1" };
  const args = [...first, "ci", "--no-audit", "--no-fund", "--loglevel=error", "--include=dev"];
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: ["ignore", "inherit", "inherit"], env });
  if (status !== 0)
    throw new Refusal(`Packages could not be installed (npm ci: ${error?.code ?? status}); the lines above say why.`);
  fs.writeFileSync(stamp, want);
}

/** Has one of our scripts make what lies beside `stamp`, where its inputs have changed since it last did. */
function remake(root, { inputs, stamp: relative, script, begin = () => {}, refusal }) {
  const want = hashOf(root, inputs);
  const stamp = path.join(root, relative);
  if (stamped(stamp) === want) return;
  begin();
  const stdio = ["ignore", "ignore", "inherit"];
  const { status } = spawnSync(process.execPath, [path.join(root, script)], { cwd: root, stdio });
  if (status !== 0) throw new Refusal(`${refusal}; the lines above say why.`);
  fs.writeFileSync(stamp, want);
}

export const generate = (root, say) =>
  remake(root, {
    inputs: ["prisma/schema.prisma", "package-lock.json"],
    stamp: "server/infra/prisma/generated/.aria-schema",
    script: "scripts/prisma-generate.mjs",
    begin: () => say("generating the database client"),
    refusal: "The database client could not be generated",
  });

const bundle = (root) =>
  remake(root, {
    inputs: BUNDLE_INPUTS,
    stamp: "dist/.aria-bundle",
    script: "scripts/bundle.mjs",
    refusal: "The programs could not be put together",
  });

export async function build(root, say) {
  bundle(root);
  const want = hashOf(root, BUILD_INPUTS);
  const stamp = path.join(root, ".next/.aria-build");
  if (stamped(stamp) === want) return;
  say("building the web app (about half a minute)");
  fs.rmSync(stamp, { force: true });
  const next = path.join(root, "node_modules/next/dist/bin/next");
  const env = { ...process.env, NEXT_TELEMETRY_DISABLED: "1", NODE_ENV: "production" };
  const child = spawn(process.execPath, [next, "build"], { cwd: root, env, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (bytes) => (output += bytes));
  const status = await new Promise((resolve) => child.once("exit", resolve));
  if (status !== 0) throw new Refusal(`The web app could not be built:\n${output}`);
  fs.writeFileSync(stamp, want);
}

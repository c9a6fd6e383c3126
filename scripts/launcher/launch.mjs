/** Starts everything in the order it needs and stops it in the other. */
import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import fs from "node:fs";
import http from "node:http";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { build, generate, install } from "./install.mjs";
import { startPostgres } from "./postgres.mjs";
import { checkDataDir, checkPort, freePort, holdDataDir, Refusal, readPort } from "./preflight.mjs";
import { Programs } from "./programs.mjs";

const here = path.dirname(fileURLToPath(import.meta.url));
const PREFERRED_INFERENCE_PORT = 4301;
const CLAIM_BYTES = 12;
const PREFERRED_METRICS_PORT = 4302;
const startedAt = performance.now();
const say = (line) => console.log(`[${((performance.now() - startedAt) / 1000).toFixed(1).padStart(5)} s] ${line}`);

function ticketSecret(dataDir) {
  const file = path.join(dataDir, "ticket-secret");
  if (!fs.existsSync(file)) fs.writeFileSync(file, randomBytes(32).toString("hex"), { mode: 0o600 });
  return fs.readFileSync(file, "utf8").trim();
}

export function startGuard() {
  const child = spawn(process.execPath, [path.join(here, "guard.mjs")], {
    stdio: ["pipe", "ignore", "ignore"],
    detached: true,
  });
  child.stdin.on("error", () => {});
  child.unref();
  const dismiss = () =>
    new Promise((gone) => {
      child.ref();
      child.once("exit", gone);
      child.stdin.end("bye\n");
    });
  const write = (line) => child.stdin.write(`${line}\n`);
  return { add: (pid) => write(`add ${pid}`), gone: (pid) => write(`gone ${pid}`), dismiss };
}

function migrate(root, env) {
  const child = spawn(process.execPath, [path.join(root, "scripts/migrate.mjs")], {
    cwd: root,
    env,
    stdio: ["ignore", "ignore", "pipe"],
  });
  let complaint = "";
  child.stderr.on("data", (bytes) => (complaint += bytes));
  return new Promise((resolve, reject) => {
    child.once("exit", (code) => {
      if (code === 0) resolve();
      else reject(new Refusal(`The database could not be brought up to date: ${complaint.trim()}`));
    });
  });
}

const isWildcard = (host) => host === "0.0.0.0" || host === "::";

/** What a path answers in JSON; null where nobody does. */
const ask = (at, path) =>
  new Promise((resolve) => {
    const call = http.get({ ...at, path, timeout: 2_000 }, (response) => {
      let body = "";
      response.on("data", (bytes) => (body += bytes));
      response.on("end", () => {
        try {
          resolve(JSON.parse(body));
        } catch {
          resolve(null);
        }
      });
    });
    call.on("error", () => resolve(null));
    call.on("timeout", () => call.destroy());
  });

/** Others may reach her, and whoever signs in first with the code is her owner. */
async function tellCode(at, code) {
  const state = await ask(at, "/sign-in/claim");
  if (state?.isClaimed === false) say(`To become her owner, open /sign-in and give this code: ${code}`);
}

/** A machine that is short of memory, or a line that stood still while nobody ran her, keeps her from nothing. */
const PASSING = new Set(["memory", "queue"]);
const isUp = (answer) => answer?.checks?.every(({ name, ok }) => ok || PASSING.has(name)) ?? false;

async function untilReady(at, isStopping) {
  let lastSaid = "";
  while (!isStopping()) {
    const answer = await ask(at, "/health/ready");
    if (isUp(answer)) return true;
    const missing =
      answer?.checks
        ?.filter((check) => !check.ok)
        .map((check) => check.detail)
        .join(" ") ?? "";
    if (missing && missing !== lastSaid) say(missing);
    lastSaid = missing || lastSaid;
    await new Promise((wake) => setTimeout(wake, 100));
  }
  return false;
}

function onEnd(stop) {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => stop(signal));
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && stop("its parent is gone"), 500).unref();
}

async function bringUp(root) {
  const dataDir = path.resolve(root, process.env.ARIA_DATA_DIR ?? "var");
  const port = readPort(process.env.PORT);
  const host = process.env.ARIA_HOST ?? "127.0.0.1";
  checkDataDir(dataDir);
  await checkPort(port);
  let stopping = false;
  const cleanups = [holdDataDir(dataDir)];
  const stop = async (why) => {
    if (stopping) return;
    stopping = true;
    say(`${why}: stopping`);
    for (const cleanup of cleanups.toReversed()) await cleanup();
    say("stopped");
    process.exit(0);
  };
  onEnd(stop);
  install(root, say);
  generate(root, say);
  const guard = startGuard();
  cleanups.push(guard.dismiss);
  const inferencePort = await freePort(PREFERRED_INFERENCE_PORT);
  const metricsPort = process.env.STUDIO_METRICS_PORT ?? (await freePort(PREFERRED_METRICS_PORT));
  const env = {
    ...process.env,
    NODE_ENV: "production",
    NEXT_TELEMETRY_DISABLED: "1",
    ARIA_DATA_DIR: dataDir,
    INFERENCE_PORT: String(inferencePort),
    INFERENCE_URL: `http://127.0.0.1:${inferencePort}`,
    STUDIO_METRICS_PORT: String(metricsPort),
    MODELS_DIR: process.env.MODELS_DIR ?? path.join(root, "models"),
    ARIA_HOST: host,
    PORT: String(port),
    CLAIM_CODE: process.env.CLAIM_CODE ?? randomBytes(CLAIM_BYTES).toString("base64url"),
    TICKET_SECRET: process.env.TICKET_SECRET ?? ticketSecret(dataDir),
  };
  const programs = new Programs({ root, env, say, guard });
  cleanups.push(() => programs.stop());
  await build(root, say);
  if (stopping) return;
  say("starting the painting engine");
  programs.start("inference", ["--enable-source-maps", "dist/inference/main.js"], { stepsBack: "session" });
  if (!env.DATABASE_URL) {
    say("starting PostgreSQL");
    // Stopped after the programs that use it, and before the guard goes.
    env.DATABASE_URL = await startPostgres({ dataDir, say, guard, onStop: (end) => cleanups.splice(2, 0, end) });
    if (stopping) return;
  }
  await migrate(root, env);
  if (stopping) return;
  say("starting the studio and the web app");
  programs.start("studio", ["--enable-source-maps", "dist/server/studio.js"], { stepsBack: "whole" });
  programs.start("web", ["scripts/web.mjs"]);
  // Listening everywhere she listens here, too.
  const at = { host: isWildcard(host) ? "127.0.0.1" : host, port };
  if (!(await untilReady(at, () => stopping))) return;
  say(`Aria is ready: http://${host === "127.0.0.1" || isWildcard(host) ? "localhost" : host}:${port}`);
  if (env.PUBLIC_URL || host !== "127.0.0.1") await tellCode(at, env.CLAIM_CODE);
}

export async function launch(root) {
  try {
    await bringUp(root);
  } catch (error) {
    console.error(error instanceof Refusal ? error.message : error);
    process.exit(1);
  }
}

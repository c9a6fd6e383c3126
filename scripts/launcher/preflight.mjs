/** What must hold before anything is started; each fault is one sentence that says what to do. */
import fs from "node:fs";
import net from "node:net";
import path from "node:path";

const MIN_FREE_BYTES = 1_000_000_000;

export class Refusal extends Error {}

export function checkNode() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  console.error(`Aria needs Node 20.19 or newer; this is ${process.version}. Get one at nodejs.org.`);
  process.exit(1);
}

export function checkDataDir(dataDir) {
  try {
    fs.mkdirSync(dataDir, { recursive: true });
    const probe = path.join(dataDir, `.probe-${process.pid}`);
    fs.writeFileSync(probe, "");
    fs.rmSync(probe);
  } catch (error) {
    throw new Refusal(`The data folder ${dataDir} cannot be written to (${error.code}); set ARIA_DATA_DIR to another.`);
  }
  const { bavail, bsize } = fs.statfsSync(dataDir);
  if (bavail * bsize < MIN_FREE_BYTES) {
    const freeMb = Math.floor((bavail * bsize) / 1e6);
    throw new Refusal(`Only ${freeMb} MB are free where ${dataDir} lies; Aria needs 1 GB.`);
  }
}

/** Those that have the database of a data folder to themselves. */
const HOLDER = /start\.mjs|scripts\/(backup|restore)\.[tj]s/;

/** Is `pid` a holder at work? Its number may have gone to another program since. */
function isHolder(pid) {
  if (!(pid > 0) || pid === process.pid) return false;
  try {
    if (process.platform === "linux") return fs.readFileSync(`/proc/${pid}/cmdline`, "utf8").search(HOLDER) !== -1;
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

const holderFile = (dataDir) => path.join(dataDir, "launcher.pid");

/** The process that holds the folder; 0 where nobody does. */
export function holderOf(dataDir) {
  const file = holderFile(dataDir);
  const holder = fs.existsSync(file) ? Number(fs.readFileSync(file, "utf8")) : 0;
  return isHolder(holder) ? holder : 0;
}

/** Two launchers on one data folder would stop each other's database. Returns what lets go of it. */
export function holdDataDir(dataDir) {
  const file = holderFile(dataDir);
  const holder = holderOf(dataDir);
  if (holder > 0) {
    throw new Refusal(
      `Aria already runs on ${dataDir} (process ${holder}), or is being backed up or restored; stop her first, or set ARIA_DATA_DIR to another folder.`,
    );
  }
  fs.rmSync(file, { force: true });
  fs.writeFileSync(file, String(process.pid), { flag: "wx" });
  return () => fs.rmSync(file, { force: true });
}

export function readPort(text) {
  const port = Number(text ?? 3000);
  if (Number.isInteger(port) && port > 0 && port < 65536) return port;
  throw new Refusal(`PORT must be a whole number from 1 to 65535; it is "${text}".`);
}

const canListen = (port) =>
  new Promise((resolve) => {
    const probe = net.createServer();
    probe.once("error", () => resolve(null));
    probe.listen(port, "127.0.0.1", () => {
      const { port: got } = probe.address();
      probe.close(() => resolve(got));
    });
  });

export async function checkPort(port) {
  if ((await canListen(port)) !== null) return;
  throw new Refusal(
    `Port ${port} is taken by another program; start Aria on another, as in: PORT=${port + 1} npm start`,
  );
}

/** The wanted port if it is free, else any that is. */
export const freePort = async (wanted) => (await canListen(wanted)) ?? (await canListen(0));

/** A Chromium for the end-to-end tests: one that is there, else Playwright's, else Debian's, else the one on npm. */
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { Refusal } from "./preflight.mjs";

const INSTALLED = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];
/** The last version for Node 20. */
const NPM_CHROMIUM = "@sparticuz/chromium@147.0.0";
const DOWNLOAD_MS = 180_000;

const works = (file) => {
  if (!file || !fs.existsSync(file)) return null;
  const { status } = spawnSync(file, ["--version"], { stdio: "ignore", timeout: 20_000 });
  return status === 0 ? file : null;
};
const quietly = (command, args, cwd) =>
  spawnSync(command, args, {
    cwd,
    stdio: "ignore",
    timeout: DOWNLOAD_MS,
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
  });

async function playwrights(root) {
  const { chromium } = await import("@playwright/test");
  const file = chromium.executablePath();
  if (!fs.existsSync(file)) {
    quietly(process.execPath, [path.join(root, "node_modules/@playwright/test/cli.js"), "install", "chromium"], root);
  }
  return works(file);
}

function debians() {
  if (process.getuid?.() !== 0 || !fs.existsSync("/usr/bin/apt-get")) return null;
  quietly("apt-get", ["update"]);
  quietly("apt-get", ["install", "-y", "--no-install-recommends", "chromium"]);
  return works("/usr/bin/chromium");
}

/** Brings its own system libraries when told that it runs on Lambda. */
async function npms(root) {
  const home = path.join(root, "node_modules/.aria-chromium");
  const found = path.join(home, "node_modules/@sparticuz/chromium/build/esm/index.js");
  if (!fs.existsSync(found)) {
    fs.mkdirSync(home, { recursive: true });
    fs.writeFileSync(path.join(home, "package.json"), '{ "private": true }');
    quietly("npm", ["install", "--no-audit", "--no-fund", NPM_CHROMIUM], home);
  }
  if (!fs.existsSync(found)) return null;
  process.env.AWS_EXECUTION_ENV = "AWS_Lambda_nodejs20.x";
  process.env.AWS_LAMBDA_JS_RUNTIME = "nodejs20.x";
  const { default: chromium } = await import(pathToFileURL(found).href);
  return works(await chromium.executablePath());
}

export async function findChromium(root, say) {
  const there = works(process.env.CHROMIUM_PATH) ?? INSTALLED.map(works).find(Boolean);
  if (there) return there;
  say("looking for a Chromium to test with, once");
  const found = (await playwrights(root)) ?? debians() ?? (await npms(root));
  if (!found) throw new Refusal("No Chromium was found or could be installed; set CHROMIUM_PATH to one.");
  say(`testing with ${found}`);
  return found;
}

/** A Redis for the tests of what several processes share: Debian has it. Where it cannot be had, they say that they are skipped. */
import { spawnSync } from "node:child_process";
import fs from "node:fs";

const INSTALL_MS = 180_000;

const isThere = () => spawnSync("redis-server", ["--version"], { stdio: "ignore" }).status === 0;

export function findRedis(say) {
  if (isThere() || process.getuid?.() !== 0 || !fs.existsSync("/usr/bin/apt-get")) return;
  say("looking for redis-server to test several processes with, once");
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const apt = (...args) => spawnSync("apt-get", args, { stdio: "ignore", timeout: INSTALL_MS, env });
  apt("update");
  apt("install", "-y", "--no-install-recommends", "redis-server");
}

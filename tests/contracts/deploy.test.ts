/** What `docker-compose.yml` and the images tell Aria's programs is what these take. No Docker is needed to see it. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, it } from "vitest";
import { parse } from "yaml";
import { readEnv as readInferenceEnv } from "#inference/env.ts";
import { readEnv } from "#server/env.ts";

interface Service {
  readonly build?: { readonly target: string };
  readonly command?: readonly string[];
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly entrypoint?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly healthcheck?: { readonly test: readonly string[] };
  readonly read_only?: boolean;
  readonly user?: string;
  readonly volumes?: readonly string[];
}

const SECRET = "x".repeat(32);
/** As compose fills it in: what has no default is asked for. */
const filled = (text: string) =>
  text.replace(/\$\{(\w+)(?:(:-)([^}]*)|:\?[^}]*)?\}/g, (_all, _name, hasDefault, usual) =>
    hasDefault ? usual : SECRET,
  );
const { services } = parse(filled(readFileSync("docker-compose.yml", "utf8")), { merge: true }) as {
  services: Record<string, Service>;
};
const dockerfile = readFileSync("deploy/docker/Dockerfile", "utf8");
const own = Object.entries(services).filter(([, { build }]) => build);

/** The base of an image, and what is done to it. */
const partsOf = (target: string): string[] =>
  new RegExp(`^FROM (\\S+) AS ${target}$([\\s\\S]*?)(?=^FROM|$(?![\\s\\S]))`, "m").exec(dockerfile) ?? [];
const stageOf = (target: string): string => partsOf(target)[2] ?? "";

/** What an image sets, by way of those it is made from. */
function setBy(target: string): Record<string, string> {
  const [, base = "", body = ""] = partsOf(target);
  const set = [...body.matchAll(/(?:ENV|\\\n)\s+((?:[A-Z_]+=\S+\s*)+)/g)].flatMap(([, pairs]) =>
    [...pairs!.matchAll(/([A-Z_0-9]+)=(\S+)/g)].map(([, name, value]) => [name!, value!] as const),
  );
  return { ...(base && !base.includes(":") && !base.startsWith("$") ? setBy(base) : {}), ...Object.fromEntries(set) };
}

it.each(own)("%s is told what it takes, and writes only where it may", (name, { build, environment, ...service }) => {
  expect(dockerfile).toMatch(new RegExp(`^FROM \\S+ AS ${build!.target}$`, "m"));
  expect(service).toMatchObject({ read_only: true, user: "10001:10001" });
  const told = { ...setBy(build!.target), ...environment } as unknown as NodeJS.ProcessEnv;
  if (name === "migrate") return expect(told.DATABASE_URL).toMatch(/^postgresql:/);
  const env = name.startsWith("inference") ? readInferenceEnv(told) : readEnv(told);
  expect(env.ARIA_DATA_DIR).toBe("/data");
  expect(service.volumes?.map((volume) => volume.split(":").at(-1))).toContain("/data");
  expect([env.REDIS_URL, env.DRAIN_SECONDS]).toEqual(["redis://redis:6379", 25]);
});

it("finds a service behind each address that they are told, and inference where others may reach it", () => {
  const hosts = own.flatMap(([, { environment }]) =>
    Object.values(environment ?? {}).flatMap((value) =>
      [...String(value).matchAll(/\/\/(?:\S+@)?([a-z-]+):\d+/g)].map(([, host]) => host!),
    ),
  );
  expect(new Set(hosts)).toEqual(new Set(["postgres", "redis", "inference", "store", "collector", "localhost"]));
  expect(hosts.filter((host) => host !== "localhost" && !(host in services))).toEqual([]);
  expect(setBy("inference")).toMatchObject({ INFERENCE_HOST: "0.0.0.0", MODELS_DIR: "/models" });
});

it("waits only for what is there, and for its health where it says how it is", () => {
  const awaited = Object.values(services).flatMap(({ depends_on }) => Object.entries(depends_on ?? {}));
  expect(awaited.length).toBeGreaterThan(6);
  for (const [name, { condition }] of awaited) {
    const kept = name === "migrate" ? "service_completed_successfully" : "service_healthy";
    expect([name, condition, name === "migrate" || services[name]?.healthcheck !== undefined]).toEqual([
      name,
      kept,
      true,
    ]);
  }
});

it.each([SECRET, ""])("Prometheus reads every program, web by the key that it is given: %j", (key) => {
  const { scrape_configs: jobs } = parse(readFileSync("deploy/prometheus/fleet.yml", "utf8")) as {
    scrape_configs: {
      job_name: string;
      authorization?: { credentials_file: string };
      dns_sd_configs: { names: string[] }[];
    }[];
  };
  const read = jobs.flatMap(({ dns_sd_configs }) => dns_sd_configs.flatMap(({ names }) => names));
  expect(new Set(read)).toEqual(new Set(own.map(([name]) => name).filter((name) => name !== "migrate")));
  const file = jobs.find(({ job_name }) => job_name === "aria-web")!.authorization!.credentials_file;
  const { entrypoint = [], command = [], environment } = services.prometheus!;
  expect(environment).toEqual({ METRICS_KEY: "" });
  expect([entrypoint.at(-1), command[0]]).toEqual(["/bin/prometheus", "--config.file=/etc/prometheus/fleet.yml"]);
  const dir = mkdtempSync(path.join(tmpdir(), "aria-key-"));
  const here = path.join(dir, "key");
  // In place of Prometheus: says what it would read there.
  const [shell = "", flag = "", script = ""] = entrypoint.map((word) => word.replaceAll("$$", "$").replace(file, here));
  const env = { ...process.env, METRICS_KEY: key };
  const { status, stdout } = spawnSync(shell, [flag, script, "cat", here], { env, encoding: "utf8" });
  expect([status, stdout, statSync(here).mode & 0o777]).toEqual([0, key, 0o600]);
  rmSync(dir, { recursive: true });
});

it("has one folder of backups for who makes them and who lists them, and the commands where it lies", () => {
  for (const [name, mounted] of [
    ["studio", "backups:/backups"],
    ["web", "backups:/backups:ro"],
  ] as const) {
    const { environment, volumes } = services[name]!;
    expect(environment?.BACKUP_DIR).toBe("/backups");
    expect(volumes).toContain(mounted);
  }
  expect(dockerfile).toMatch(/mkdir \/data \/models \/backups && chown aria:aria \/data \/models \/backups/);
  const bundled = readFileSync("scripts/bundle.mjs", "utf8");
  for (const command of ["backup", "restore"]) expect(bundled).toContain(`"scripts/${command}.ts"`);
});

it("bug: web's image had no migrations to compare the database with, and was never ready", () => {
  for (const target of ["web", "studio"])
    expect(stageOf(target), target).toMatch(/^COPY prisma\/migrations \.\/prisma\/migrations$/m);
});

it("copies into the images only what is there and is not left out", () => {
  const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, names]) => names!.split(" "));
  expect(copied.length).toBeGreaterThan(8);
  const ignored = readFileSync(".dockerignore", "utf8");
  for (const name of copied.filter((name) => name !== ".")) {
    expect(existsSync(name), name).toBe(true);
    expect(
      ignored.includes(`\n!${name.replace(/^\.\//, "")}`) || ignored.includes(`\n!${name.split("/")[0]}`),
      name,
    ).toBe(true);
  }
});

it("puts the built-in painter among the models before inference begins, and leaves what is installed", () => {
  const dir = mkdtempSync(path.join(tmpdir(), "aria-image-"));
  const bin = path.join(dir, "bin");
  // In place of node: says that it would begin.
  const script = `mkdir -p ${bin} && printf '#!/bin/sh\\necho begins "$@"\\n' > ${bin}/node && chmod +x ${bin}/node && PATH=${bin}:$PATH exec sh deploy/docker/inference.sh`;
  const env = { ...process.env, MODELS_DIR: path.join(dir, "models"), BUILT_IN_MODELS: path.resolve("models") };
  for (let i = 0; i < 2; i++) {
    const { stdout, stderr } = spawnSync("sh", ["-c", script], { env, encoding: "utf8" });
    expect([stdout, stderr]).toEqual(["begins --enable-source-maps dist/inference/main.js\n", ""]);
    expect(readFileSync(path.join(dir, "models/aria/aria.json"))).toEqual(readFileSync("models/aria/aria.json"));
    // The next start finds another version there, as after an upgrade.
    spawnSync("sh", ["-c", `echo old > ${dir}/models/aria/model_index.json && mkdir -p ${dir}/models/installed`]);
  }
  expect(existsSync(path.join(dir, "models/installed"))).toBe(true);
  rmSync(dir, { recursive: true });
});

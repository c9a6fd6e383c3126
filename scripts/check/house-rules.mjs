/** The rules of the house that no general tool knows. Each gives { passed, output }. */
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";

const ls = (root) =>
  execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], { cwd: root, encoding: "utf8" })
    .trim()
    .split("\n")
    .filter((file) => fs.existsSync(path.join(root, file)));

const verdict = (faults, count) => ({ passed: faults.length === 0, output: faults.join("\n"), count });

const CODE = /\.(ts|tsx|mjs)$/;
const DUMPING_GROUND =
  /^(utils?|helpers?|common|shared|types?|index|misc|data|info|constants|manager|handler|processor|lib)$/;
const KEBAB = /^(\.?[a-z0-9]+(-[a-z0-9]+)*|\[[a-z.]+\])$/;
/** A kind of file lives in one place: [what its name says, where it may lie]. */
const KINDS = [
  [/^use-/, /^app\//],
  [/-router$/, /^server\/transport\/trpc\//],
  [/-contract$/, /^tests\/contracts\//],
  [/^(page|layout|route|error|not-found)$/, /^app\//],
];

/** Files are kebab-case, say a noun, and lie where their kind lies; a test lies beside what it tests. */
export function fileNames(root) {
  const files = ls(root).filter((file) => CODE.test(file) && !/\/(migrations|golden)\//.test(file));
  const faults = files.flatMap((file) => {
    const parts = file.split("/");
    const name = parts.at(-1).replace(CODE, "");
    const stem = name.replace(/\.(test|config|spec|d)$/, "");
    const wrong = [];
    if (!KEBAB.test(stem)) wrong.push("is not kebab-case");
    if (DUMPING_GROUND.test(stem)) wrong.push("names no idea: put it beside what uses it");
    for (const [kind, place] of KINDS)
      if (kind.test(stem) && !place.test(file)) wrong.push(`belongs in ${place.source}`);
    if (name.endsWith(".test") && !file.startsWith("tests/") && !subjectOf(root, file))
      wrong.push("tests a file that is not beside it");
    return wrong.map((what) => `${file}: ${what}`);
  });
  return verdict(faults, files.length);
}

const subjectOf = (root, file) =>
  [".ts", ".tsx"].some((end) => fs.existsSync(path.join(root, file.replace(/\.test\.tsx?$/, end))));

/** Every optional platform package that a locked package names is itself locked; else `npm ci` fails on that platform. */
export function lockFile(root) {
  const text = fs.readFileSync(path.join(root, "package-lock.json"), "utf8");
  const { packages } = JSON.parse(text);
  const bare = (key) => key.replace(/^.*node_modules\//, "");
  const locked = new Set(Object.keys(packages).map(bare));
  const missing = Object.entries(packages).flatMap(([key, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies)
      .filter((name) => !locked.has(name))
      .map((name) => `${bare(key)} wants ${name}, which is not locked`),
  );
  const { dependencies, devDependencies } = JSON.parse(fs.readFileSync(path.join(root, "package.json"), "utf8"));
  const loose = Object.entries({ ...dependencies, ...devDependencies })
    .filter(([, version]) => !/^\d/.test(version))
    .map(([name, version]) => `package.json: ${name} is "${version}", not one version`);
  const hosts = /"resolved": "https?:/.test(text) ? ["package-lock.json names a registry host"] : [];
  return verdict([...missing, ...loose, ...hosts], locked.size);
}

/** The tree in docs/architecture.md and the folders on disk are the same. */
export function docsTree(root) {
  const doc = path.join(root, "docs/architecture.md");
  if (!fs.existsSync(doc)) return verdict(["docs/architecture.md is missing"]);
  const [, tree = ""] = /```text\naria\/\n([\s\S]*?)```/.exec(fs.readFileSync(doc, "utf8")) ?? [];
  const told = new Set();
  const stack = [];
  for (const line of tree.split("\n")) {
    const [, indent, name] = /^([│├└─ ]+)([\w.[\]()@-]+\/?)(?:\s|$)/.exec(line) ?? [];
    if (!name) continue;
    const depth = indent.length / 4 - 1;
    stack.splice(depth, stack.length, name.replace(/\/$/, ""));
    told.add(stack.join("/"));
  }
  const files = ls(root);
  const deepest = (file) => file.split("/").slice(0, -1);
  const folders = new Set(
    files.flatMap((file) => [1, 2].map((n) => deepest(file).slice(0, n).join("/"))).filter(Boolean),
  );
  const onDisk = (entry) => fs.existsSync(path.join(root, entry));
  const gone = [...told].filter((entry) => !onDisk(entry)).map((entry) => `${entry} is in the tree, not on disk`);
  const untold = [...folders]
    .filter((folder) => !told.has(folder) && !folder.startsWith("models/") && !folder.startsWith("."))
    .map((folder) => `${folder} is on disk, not in the tree`);
  return verdict([...gone, ...untold], told.size);
}

/** What our prose links to exists. */
export function docLinks(root) {
  const docs = ls(root).filter((file) => file.endsWith(".md"));
  const links = docs.flatMap((file) =>
    [...fs.readFileSync(path.join(root, file), "utf8").matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)].map(([, to]) => ({
      file,
      to,
    })),
  );
  const broken = links
    .filter(({ file, to }) => !fs.existsSync(path.join(root, path.dirname(file), to)))
    .map(({ file, to }) => `${file} links to ${to}, which is not there`);
  return verdict(broken, links.length);
}

/** Schemas are written in contracts/ alone; elsewhere they are picked from. Environments are each program's own. */
export function twinSchemas(root) {
  const files = ls(root).filter((file) => /^(app|server)\/.*\.tsx?$/.test(file) && !/(^|\/)env\.ts$/.test(file));
  const faults = files
    .filter((file) => fs.readFileSync(path.join(root, file), "utf8").includes("z.object"))
    .map((file) => `${file}: a z.object of its own; contracts/ has or wants it`);
  return verdict(faults, files.length);
}

/** Every address that Aria answers, and by which methods: read from `app/` and `public/`, so that a new one is among them. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

export interface Address {
  /** As `app/` spells it: "GET /artworks/[id]". */
  readonly name: string;
  readonly method: string;
  /** With something that never was in place of what is named between brackets. */
  readonly path: string;
  /** Of what a person looks at. */
  readonly isPage: boolean;
}

const NAMED: Readonly<Record<string, string>> = {
  "[slug]": "A".repeat(22),
  "[id]": "00000000-0000-4000-8000-000000000000",
  "[thumb]": "320.webp",
  "[sha]": "0".repeat(64),
  "[procedure]": "order.current",
};

const addressOf = (method: string, steps: readonly string[], isPage = false): Address => ({
  name: `${method} /${steps.join("/")}`,
  method,
  path: `/${steps.map((step) => NAMED[step] ?? step.replace(/^\[.*\]$/, "x")).join("/")}`,
  isPage,
});

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)));

/** What Next answers at a folder's own address; its other names for files add a step, if not a spelling of their own. */
const AT_FOLDER = ["page", "route"];
const SPELT: Readonly<Record<string, string>> = {
  manifest: "manifest.webmanifest",
  robots: "robots.txt",
  sitemap: "sitemap.xml",
};
const ANSWERS = /(?:^|\/)(page|route|manifest|robots|sitemap|icon|apple-icon|opengraph-image|twitter-image)\.tsx?$/;

/** That a route exports; all else is looked at, and no more. */
function methodsOf(kind: string, file: string): readonly string[] {
  if (kind !== "route") return ["GET"];
  const exported = readFileSync(file, "utf8").match(/export\s*(\{[^}]*\}|(const|(async )?function) \w+)/g) ?? [];
  const methods = exported.join(" ").match(/\b(GET|HEAD|POST|PUT|PATCH|DELETE)\b/g);
  if (!methods) throw new Error(`${file} answers no method`);
  return methods;
}

export const APP: readonly Address[] = filesIn("app").flatMap((file) => {
  const [, kind] = ANSWERS.exec(file) ?? [];
  // The page for what is not there is nobody's.
  if (kind === undefined || file.includes("[...missing]")) return [];
  const steps = path
    .dirname(file)
    .split(path.sep)
    .filter((step) => !/^(\(.*\)|\.)$/.test(step));
  if (!AT_FOLDER.includes(kind)) steps.push(SPELT[kind] ?? kind);
  return methodsOf(kind, path.join("app", file)).map((method) => addressOf(method, steps, kind === "page"));
});

/** Files that are given as they lie there. */
export const PUBLIC: readonly Address[] = filesIn("public").map((file) => addressOf("GET", file.split(path.sep)));

/** What the front answers before Next does; `doors.test.ts` holds it and front.ts together. */
export const FRONT: readonly Address[] = [
  addressOf("GET", ["health", "live"]),
  addressOf("GET", ["api", "trpc", "[procedure]"]),
  addressOf("POST", ["api", "trpc", "[procedure]"]),
  addressOf("GET", ["socket.io", ""]),
  addressOf("UPGRADE", ["socket.io", ""]),
];

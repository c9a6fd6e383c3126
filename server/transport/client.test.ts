import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { createHTTPHandler } from "@trpc/server/adapters/standalone";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createContainer } from "#server/container.ts";
import { AT_HOME } from "#server/domain/access/caller.ts";
import { fakePorts } from "#tests/fakes.ts";
import { appRouter } from "./trpc/app-router.ts";

const run = promisify(execFile);
const root = path.resolve(import.meta.dirname, "../..");
const project = mkdtempSync(path.join(tmpdir(), "aria-outside-"));
const bin = (name: string) => path.join(root, "node_modules/.bin", name);

const aria = createContainer(fakePorts());
const handle = createHTTPHandler({
  router: appRouter,
  basePath: "/api/trpc/",
  createContext: () => ({ aria, caller: AT_HOME, publicOrigin: null, ticketFor: () => "" }),
});
const server = createServer(handle);

const PROGRAM = `
import { type AriaClient, createAriaClient, refusalOf } from "aria/client";

const aria: AriaClient = createAriaClient({ url: process.argv[2]! });
const order = await aria.order.place.mutate({ prompt: "a lake", count: 2 });
const createdAt: Date = order.createdAt;
const count: number = order.count;
const refused = await aria.order.place.mutate({ prompt: "a lake", steps: 1_000 }).catch(refusalOf);
if (!refused || !("code" in refused) || refused.code !== "INVALID") throw new Error("it was not refused");
// @ts-expect-error: what does not fit is told where it is written
const unfit = () => aria.order.place.mutate({ prompt: "a lake", count: "two" });
console.log(typeof unfit === "function" && JSON.stringify([order.state, count, createdAt instanceof Date, refused.facts]));
`;

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // As \`npm install ../aria\` lays a package by path.
  mkdirSync(path.join(project, "node_modules"));
  symlinkSync(root, path.join(project, "node_modules/aria"));
  writeFileSync(path.join(project, "package.json"), JSON.stringify({ type: "module", private: true }));
  const compilerOptions = {
    strict: true,
    noEmit: true,
    target: "ES2023",
    lib: ["ES2023", "DOM", "DOM.Iterable"],
    module: "preserve",
    moduleResolution: "bundler",
    allowImportingTsExtensions: true,
    skipLibCheck: true,
    typeRoots: [path.join(root, "node_modules/@types")],
    types: ["node"],
  };
  writeFileSync(path.join(project, "tsconfig.json"), JSON.stringify({ compilerOptions, include: ["*.ts"] }));
});
afterAll(() => {
  server.close();
  rmSync(project, { recursive: true, force: true });
});

it("is typed, what does not fit too, and works in a program outside this repository", async () => {
  writeFileSync(path.join(project, "program.ts"), PROGRAM);
  await run(bin("tsc"), ["-p", project]);
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { stdout } = await run(bin("tsx"), [path.join(project, "program.ts"), url], { cwd: project });
  const facts = { field: "steps", reason: "must be 1 to 150" };
  expect(JSON.parse(stdout)).toEqual(["waiting", 2, true, facts]);
}, 120_000);

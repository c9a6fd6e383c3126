import { createServer, get, type IncomingMessage, request, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { connect } from "node:net";
import { afterEach, expect, it } from "vitest";
import { createContainer } from "#server/container.ts";
import { AT_HOME, type Caller, VISITOR } from "#server/domain/access/caller.ts";
import { fakePorts } from "#tests/fakes.ts";
import { appRouter } from "../trpc/app-router.ts";
import { addressOf, proxyList } from "./client-address.ts";
import { makeFront } from "./front.ts";
import { makeLetIn } from "./let-in.ts";

const aria = createContainer(fakePorts());
const open: Server[] = [];
const faults: string[] = [];
afterEach(() => {
  faults.length = 0;
  for (const server of open.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

async function listen(server: Server): Promise<number> {
  open.push(server);
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  return (server.address() as AddressInfo).port;
}

/** What stands behind: it says what it was asked, and lets every upgrade in. */
async function startInference(): Promise<string> {
  const server = createServer((asked, response) => void response.end(`${asked.method} ${asked.url}`));
  server.on("upgrade", (asked, socket) => {
    socket.on("error", () => {});
    socket.write("HTTP/1.1 101 Switching Protocols\r\nconnection: Upgrade\r\nupgrade: websocket\r\n\r\n");
    socket.write(asked.url ?? "");
  });
  return `http://127.0.0.1:${await listen(server)}`;
}

/** Web, with a Next that says that it is Next. */
async function startWeb({ caller = AT_HOME as Caller | null, waitMs = null as number | null, inference = "" }) {
  const front = makeFront({
    letIn: makeLetIn({ callerOf: async () => caller, waitFor: async () => waitMs }),
    inferenceFor: async (socketId) => `${inference}${socketId === null ? "" : "?known"}`,
    router: appRouter,
    contextOf: async (by) => ({ aria, caller: by, publicOrigin: null, ticketFor: () => "" }),
    cameFrom: (request) => addressOf(request, proxyList([])),
    onError: () => {},
    onFault: (_error, what) => void faults.push(what),
  });
  const next = (_request: IncomingMessage, response: ServerResponse) => void response.end("Next");
  const server = createServer((asked, response) => front.answers(asked, response) || next(asked, response));
  server.on("upgrade", front.upgrade);
  return listen(server);
}

interface Reply {
  readonly status: number | undefined;
  readonly headers: IncomingMessage["headers"];
  readonly text: string;
}

/** As it is spelt: fetch would put an address in order first. */
const ask = (port: number, path: string, headers: Record<string, string> = {}) =>
  new Promise<Reply>((done, failed) => {
    get({ host: "127.0.0.1", port, path, headers, agent: false }, (reply) => {
      let text = "";
      reply.on("data", (bytes) => (text += bytes));
      reply.on("end", () => done({ status: reply.statusCode, headers: reply.headers, text }));
    }).on("error", failed);
  });

/** What is said to somebody who wants to speak otherwise from now on, until either has nothing more to say. */
const upgrade = (port: number, path: string, headers = "") =>
  new Promise<string>((done) => {
    const socket = connect(port, "127.0.0.1", () => {
      socket.write(`GET ${path} HTTP/1.1\r\nhost: aria\r\nconnection: Upgrade\r\nupgrade: websocket\r\n${headers}\r\n`);
    });
    let text = "";
    socket.on("data", (bytes) => {
      text += bytes;
      if (text.includes("\r\n\r\n/socket.io")) socket.destroy();
    });
    socket.on("error", () => {});
    socket.on("close", () => done(text));
  });

it("answers procedures and whether she lives, and leaves all else to Next", async () => {
  const port = await startWeb({});
  expect(await ask(port, "/health/live")).toMatchObject({ status: 200, text: '{"status":"ok"}' });
  const calls = await ask(port, "/api/trpc/order.current,mind.artists?batch=1&input=%7B%7D");
  expect(calls.status).toBe(200);
  expect(JSON.parse(calls.text)).toMatchObject([{ result: { data: { json: null } } }, { result: {} }]);
  expect((await ask(port, "/api/trpc/order.nobody")).status).toBe(404);
  for (const path of ["/gallery", "/", "/health/ready", "/socket.iox", "/api/trpcx/order.current"])
    expect(await ask(port, path)).toMatchObject({ status: 200, text: "Next" });
});

it("answers no more calls at once than anybody needs", async () => {
  const port = await startWeb({});
  const asked = async (calls: number) =>
    (await ask(port, `/api/trpc/${Array(calls).fill("order.current")}?batch=1&input=%7B%7D`)).status;
  expect([await asked(32), await asked(33)]).toEqual([200, 400]);
});

it("counts each call of a batch, however its commas are written", async () => {
  const counted: number[] = [];
  const letIn = makeLetIn({
    callerOf: async () => AT_HOME,
    waitFor: async (_caller, _scope, { calls }) => {
      counted.push(calls);
      return null;
    },
  });
  for (const pathname of ["/gallery", "/api/trpc/order.current", "/api/trpc/a,b%2Cc%2cd"])
    await letIn({ method: "GET", pathname, headers: new Headers() });
  expect(counted).toEqual([1, 1, 4]);
});

it("puts on every answer what keeps a browser from taking it for something else", async () => {
  const port = await startWeb({});
  for (const path of ["/health/live", "/api/trpc/order.current", "/gallery"])
    expect((await ask(port, path)).headers).toMatchObject({
      "x-content-type-options": "nosniff",
      "x-frame-options": "DENY",
      "referrer-policy": "same-origin",
    });
});

it("packs answers for whoever can unpack them, and is not at the machine itself", async () => {
  const port = await startWeb({});
  const packedFor = async (headers: Record<string, string>) =>
    (await ask(port, "/api/trpc/mind.artists", headers)).headers["content-encoding"];
  const far = { "x-forwarded-for": "192.0.2.7" };
  expect(await packedFor({ ...far, "accept-encoding": "gzip" })).toBe("gzip");
  expect(await packedFor(far)).toBeUndefined();
  expect(await packedFor({ "accept-encoding": "gzip" })).toBeUndefined();
});

it("turns away whom letIn does not let in, from each of its doors", async () => {
  const inference = await startInference();
  const doors = ["/health/live", "/api/trpc/order.current", "/socket.io/?EIO=4&transport=polling"];
  const unknown = await startWeb({ caller: null, inference });
  for (const path of doors) expect((await ask(unknown, path)).status).toBe(403);
  const visited = await startWeb({ caller: VISITOR, inference });
  expect(await Promise.all(doors.map(async (path) => (await ask(visited, path)).status))).toEqual([200, 401, 401]);
  const hasty = await startWeb({ waitMs: 1_500, inference });
  for (const path of doors) {
    const { status, headers } = await ask(hasty, path);
    expect([status, headers["retry-after"]]).toEqual([429, "2"]);
  }
  expect(await upgrade(visited, "/socket.io/?EIO=4")).toMatch(/^HTTP\/1.1 401 /);
  expect(await upgrade(unknown, "/socket.io/?EIO=4")).toMatch(/^HTTP\/1.1 403 /);
});

it("tells a program in problem details why it may not, and whoever follows a link in a sentence", async () => {
  const port = await startWeb({ caller: null });
  const told = await ask(port, "/health/live");
  expect(told.headers).toMatchObject({ "content-type": "application/problem+json", "cache-control": "no-store" });
  expect(JSON.parse(told.text)).toMatchObject({ status: 403, code: "UNKNOWN_NAME" });
  const read = await ask(port, "/health/live", { accept: "text/html,*/*" });
  expect(read.headers["content-type"]).toMatch(/^text\/plain/);
  expect([read.status, read.text]).toEqual([403, "Aria does not answer to this name."]);
  const socket = await ask(port, "/socket.io/?EIO=4&transport=polling", { origin: "http://elsewhere" });
  expect(JSON.parse(socket.text)).toMatchObject({ status: 403, code: "FOREIGN" });
});

it("does in nobody else's name what one person asked for and their browser kept", async () => {
  const port = await startWeb({ caller: { personId: "vera", role: "member", scopes: null } });
  const asked = (askerId: string) => ask(port, "/api/trpc/mind.artists", { "x-aria-asker": askerId });
  expect((await asked("vera")).status).toBe(200);
  const { status, headers, text } = await asked("ada");
  expect([status, headers["content-type"]]).toEqual([412, "application/problem+json"]);
  expect(JSON.parse(text)).toMatchObject({ code: "ANOTHERS", detail: "It was asked for by another person." });
});

it("passes sockets on, both ways that they begin, to where the one that is known already is", async () => {
  const port = await startWeb({ inference: await startInference() });
  const polled = await ask(port, "/socket.io/?EIO=4&transport=polling");
  expect(polled).toMatchObject({ status: 200, text: "GET /socket.io/?EIO=4&transport=polling" });
  const upgraded = await upgrade(port, "/socket.io/?EIO=4&transport=websocket");
  expect(upgraded).toMatch(/^HTTP\/1.1 101 /);
  expect(upgraded).toContain("/socket.io/?EIO=4&transport=websocket");
  expect(await upgrade(port, "/gallery")).toMatch(/^HTTP\/1.1 404 /);
});

it("passes on nothing but the socket, however it is spelt", async () => {
  const port = await startWeb({ inference: await startInference() });
  for (const path of [
    "/health/../socket.io/",
    "/paint/1/../../socket.io/",
    "/./socket.io/",
    "/paint/%2e%2e/socket.io/",
  ]) {
    expect((await ask(port, `${path}?EIO=4`)).text).toBe("Next");
    expect(await upgrade(port, `${path}?EIO=4`)).toMatch(/^HTTP\/1.1 404 /);
  }
  expect((await ask(port, "/socket.io?EIO=4")).text).toBe("GET /socket.io/?EIO=4");
});

it("lets a page of another origin open no socket", async () => {
  const port = await startWeb({ inference: await startInference() });
  expect(await upgrade(port, "/socket.io/?EIO=4", "origin: http://elsewhere\r\n")).toMatch(/^HTTP\/1.1 403 /);
  expect(await upgrade(port, "/socket.io/?EIO=4", "origin: http://aria\r\n")).toMatch(/^HTTP\/1.1 101 /);
});

it("says that inference is away, and tells the log, where it is", async () => {
  const port = await startWeb({ inference: "http://127.0.0.1:9" });
  const { status, text } = await ask(port, "/socket.io/?EIO=4&transport=polling");
  expect([status, JSON.parse(text)]).toMatchObject([502, { status: 502, title: "Bad Gateway", code: "NO_ANSWER" }]);
  expect(await upgrade(port, "/socket.io/?EIO=4")).toBe("");
  expect(faults).toEqual(["/socket.io/", "/socket.io"]);
});

it.each([
  "//",
  "//evil.example/api/trpc/order.current",
  "/%",
  "/api/trpc/%zz",
  "/api/trpc/",
  "/api/trpc/../../gallery",
  "/\\x",
])("outlives %j", async (path) => {
  const port = await startWeb({});
  expect((await ask(port, path)).status).toBeLessThan(500);
  expect((await ask(port, "/health/live")).status).toBe(200);
});

it("reads no more of a call than it may be long", async () => {
  const port = await startWeb({});
  const status = await new Promise((done) => {
    const call = request({ port, host: "127.0.0.1", method: "POST", path: "/api/trpc/order.place" }, (reply) => {
      done(reply.statusCode);
      call.destroy();
    });
    call.setHeader("content-type", "application/json");
    call.on("error", done);
    call.end(Buffer.alloc(10 * 2 ** 20 + 1, " "));
  });
  expect(status).toBe(413);
});

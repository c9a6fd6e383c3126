import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, it, vi } from "vitest";
import { timeRequests } from "./time-requests.ts";

type Answered = Parameters<Parameters<typeof timeRequests>[0]["answered"]>[0];

const open: (() => void)[] = [];
afterEach(() => {
  for (const close of open.splice(0)) close();
});

/** Answers after 50 ms, unless whoever asked is gone by then. */
async function slowServer() {
  const seen: Answered[] = [];
  open.push(
    timeRequests({ answered: (one) => seen.push(one) }, (pathname) => (pathname === "/hidden" ? null : pathname)),
  );
  let arrive = () => {};
  const arrived = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  const server = createServer((_, response) => {
    arrive();
    setTimeout(() => response.writeHead(201).end("done"), 50);
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  open.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return { seen, arrived, port: (server.address() as AddressInfo).port };
}

it("times a request to its last byte, by its address without the query", async () => {
  const { seen, port } = await slowServer();
  await (await fetch(`http://127.0.0.1:${port}/paint?now`, { method: "POST" })).text();
  await (await fetch(`http://127.0.0.1:${port}/hidden`)).text();
  await vi.waitFor(() => expect(seen).toHaveLength(1));
  expect(seen[0]).toMatchObject({ method: "POST", route: "/paint", status: 201 });
  expect(seen[0]!.seconds).toBeGreaterThan(0.045);
});

it("says 499 of one that was hung up on, and calls a method that nobody knows other", async () => {
  const { seen, arrived, port } = await slowServer();
  const call = request({ port, path: "/left", method: "MKCOL" });
  call.on("error", () => {});
  call.end();
  await arrived;
  call.destroy();
  await vi.waitFor(() => expect(seen).toHaveLength(1));
  expect(seen[0]).toMatchObject({ method: "other", route: "/left", status: 499 });
});

it("times nothing any more once it is ended", async () => {
  const { seen, port } = await slowServer();
  open.shift()?.();
  await (await fetch(`http://127.0.0.1:${port}/later`)).text();
  expect(seen).toEqual([]);
});

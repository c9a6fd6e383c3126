import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { leaveGently } from "./leave-gently.ts";

async function serve(answer: (response: ServerResponse) => void) {
  const server = createServer((_request, response) => answer(response));
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

it("answers on while it gives notice and what it has begun after that, and takes nothing new then", async () => {
  const ended: string[] = [];
  const leaving = leaveGently({ noticeMs: 150, withinMs: 10_000, onEnd: async () => void ended.push("ended") });
  const held: ServerResponse[] = [];
  const { server, url } = await serve((response) => (held.length < 1 ? held.push(response) : response.end("quick")));
  const slow = fetch(url);
  await expect.poll(() => held.length).toBe(1);
  expect(leaving.isLeaving).toBe(false);
  const left = leaving.leave();
  expect(leaving.isLeaving).toBe(true);
  const meanwhile = await fetch(url);
  expect([await meanwhile.text(), meanwhile.headers.get("connection")]).toEqual(["quick", "close"]);
  await expect.poll(() => server.listening).toBe(false);
  await expect(fetch(url)).rejects.toThrow();
  await sleep(100);
  expect(ended).toEqual([]);
  held[0]!.end("slow");
  expect(await (await slow).text()).toBe("slow");
  await left;
  await leaving.leave();
  expect(ended).toEqual(["ended"]);
});

it("waits no longer than it may for what does not end", async () => {
  const leaving = leaveGently({ noticeMs: 0, withinMs: 100, onEnd: async () => {} });
  const { server, url } = await serve(() => {});
  const hanging = fetch(url).catch(() => "broken off");
  await once(server, "request");
  const startedAt = performance.now();
  await leaving.leave();
  expect(performance.now() - startedAt).toBeGreaterThanOrEqual(90);
  server.closeAllConnections();
  expect(await hanging).toBe("broken off");
});

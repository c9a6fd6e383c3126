import { request } from "node:http";
import { expect, it } from "vitest";
import { serveMetrics } from "./serve-metrics.ts";

const exposition = { contentType: "text/plain; version=0.0.4; charset=utf-8", text: "aria_queue_depth 2\n" };

const get = (port: number, path: string, host = `127.0.0.1:${port}`): Promise<{ status: number; text: string }> =>
  new Promise((resolve, reject) => {
    const call = request({ host: "127.0.0.1", port, path, headers: { host } }, (response) => {
      let text = "";
      response.on("data", (bytes) => (text += bytes));
      response.on("end", () => resolve({ status: response.statusCode ?? 0, text }));
    });
    call.on("error", reject);
    call.end();
  });

const open = (part: Partial<Parameters<typeof serveMetrics>[0]> = {}) =>
  serveMetrics({ port: 0, host: "127.0.0.1", read: async () => exposition, isReady: () => true, ...part });

it("answers this machine alone, with metrics and how it is doing", async () => {
  let isReady = true;
  const { port, close } = await open({ isReady: () => isReady });
  expect(await get(port, "/metrics")).toEqual({ status: 200, text: exposition.text });
  expect(await get(port, "/metrics", "evil.example")).toMatchObject({ status: 403 });
  expect(await get(port, "/")).toMatchObject({ status: 404 });
  expect([await get(port, "/health/live"), await get(port, "/health/ready")]).toMatchObject([
    { status: 200 },
    { status: 200 },
  ]);
  isReady = false;
  expect([await get(port, "/health/live"), await get(port, "/health/ready")]).toMatchObject([
    { status: 200 },
    { status: 503 },
  ]);
  close();
});

it("answers others by any name where it listens to them", async () => {
  const { port, close } = await open({ host: "0.0.0.0" });
  expect(await get(port, "/metrics", "studio:4302")).toMatchObject({ status: 200 });
  close();
});

it("stays up when they cannot be read, and refuses a port that is taken", async () => {
  const { port, close } = await open({ read: () => Promise.reject(new Error("no")) });
  expect(await get(port, "/metrics")).toMatchObject({ status: 500 });
  await expect(open({ port })).rejects.toMatchObject({ code: "EADDRINUSE" });
  close();
});

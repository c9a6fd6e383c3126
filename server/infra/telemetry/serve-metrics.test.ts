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

it("answers this machine alone, and with metrics alone", async () => {
  const { port, close } = await serveMetrics(0, async () => exposition);
  expect(await get(port, "/metrics")).toEqual({ status: 200, text: exposition.text });
  expect(await get(port, "/metrics", "evil.example")).toMatchObject({ status: 403 });
  expect(await get(port, "/")).toMatchObject({ status: 404 });
  close();
});

it("stays up when they cannot be read, and refuses a port that is taken", async () => {
  const { port, close } = await serveMetrics(0, () => Promise.reject(new Error("no")));
  expect(await get(port, "/metrics")).toMatchObject({ status: 500 });
  await expect(serveMetrics(port, async () => exposition)).rejects.toMatchObject({ code: "EADDRINUSE" });
  close();
});

import { expect, it } from "vitest";
import { AriaError } from "#contracts/errors.ts";
import { createContainer } from "#server/container.ts";
import type { Ports } from "#server/ports.ts";
import { fakeGenerator, fakePorts } from "#tests/fakes.ts";
import { imagesGenerations, listModels } from "./images-generations.ts";

/** A container whose orders are painted as soon as they are placed, as a studio beside it would. */
function studioOn(ports: Ports = fakePorts()) {
  const aria = createContainer(ports);
  const never = new AbortController().signal;
  return {
    ...aria,
    placeOrder: async (input: Parameters<typeof aria.placeOrder>[0]) => {
      const order = await aria.placeOrder(input);
      void aria.paintOrder(order.id, never);
      return order;
    },
  };
}

const post = (body: unknown, signal?: AbortSignal) =>
  new Request("http://aria.test/v1/images/generations", {
    method: "POST",
    headers: { "content-type": "application/json", host: "aria.test" },
    body: typeof body === "string" ? body : JSON.stringify(body),
    ...(signal ? { signal } : {}),
  });

it("answers with the pictures, the kept one first, as addresses or as bytes", async () => {
  const aria = studioOn();
  const urls = await (await imagesGenerations(aria, post({ prompt: "a lighthouse", n: 3 }))).json();
  expect(urls.data).toHaveLength(3);
  const order = await aria.orders.current();
  const kept = order!.candidates.find((candidate) => candidate.kept)!;
  expect(urls.data[0]).toEqual({ url: `http://aria.test${kept.imageUrl}`, revised_prompt: order!.prompt });
  expect(order!.prompt).toMatch(/^a lighthouse, /);
  const exact = await imagesGenerations(aria, post({ prompt: "a lighthouse", enhance: false }));
  expect((await exact.json()).data[0].revised_prompt).toBe("a lighthouse");
  const bytes = await (
    await imagesGenerations(aria, post({ prompt: "a lighthouse", response_format: "b64_json" }))
  ).json();
  const sha = (await aria.orders.current())!.candidates[0]!.imageUrl.split("/").at(-1)!;
  expect(Buffer.from(bytes.data[0].b64_json, "base64")).toEqual(Buffer.from(await aria.readPng(sha)));
});

it("regression: pictures were said to lie where Next listens", async () => {
  const listens = "http://0.0.0.0:3000/v1/images/generations";
  const urlOf = async (request: Request, origin?: string) =>
    (await (await imagesGenerations(studioOn(), request, origin)).json()).data[0].url;
  expect(await urlOf(new Request(listens, post({ prompt: "a lighthouse" })))).toMatch(/^http:\/\/aria\.test\/images\//);
  const publicly = await urlOf(new Request(listens, post({ prompt: "a lighthouse" })), "https://aria.example");
  expect(publicly).toMatch(/^https:\/\/aria\.example\/images\/[0-9a-f]{64}$/);
});

it.each([
  ["an empty prompt", { prompt: "" }, 400, "prompt"],
  ["nine pictures", { prompt: "x", n: 9 }, 400, "n"],
  ["a size no multiple of 64", { prompt: "x", size: "100x128" }, 400, "size"],
  ["a size of another form", { prompt: "x", size: "big" }, 400, "size"],
  ["a model that is not there", { prompt: "x", model: "nobody" }, 404, "model"],
  ["what is no JSON", "{", 400, "body"],
  ["a body of megabytes", "x".repeat(100_000), 400, "body"],
])("refuses %s in OpenAI's form, and stores nothing", async (_what, body, status, param) => {
  const aria = studioOn();
  const reply = await imagesGenerations(aria, post(body));
  expect(reply.status).toBe(status);
  expect((await reply.json()).error).toMatchObject({ param, type: "invalid_request_error" });
  expect(await aria.orders.current()).toBeNull();
});

it("cancels the order of a caller who has gone", async () => {
  const aria = createContainer(fakePorts());
  const caller = new AbortController();
  const asking = imagesGenerations(aria, post({ prompt: "a lighthouse" }, caller.signal));
  setTimeout(() => caller.abort(), 30);
  expect((await asking).status).toBe(499);
  expect(await aria.orders.current()).toMatchObject({ state: "cancelled" });
});

it("says so when the painting did not come out", async () => {
  const reason = "blank_picture" as const;
  const paint = () => Promise.reject(new AriaError("GENERATION_FAILED", { modelId: "aria", reason }));
  const aria = studioOn({ ...fakePorts(), generator: { ...fakeGenerator(), paint } });
  const reply = await imagesGenerations(aria, post({ prompt: "a lighthouse" }));
  expect(reply.status).toBe(500);
  const said = { type: "server_error", code: "generation_failed", message: expect.stringContaining("came out blank") };
  expect((await reply.json()).error).toMatchObject(said);
});

it("answers with the order's own status: what can never be painted is the caller's to change", async () => {
  const facts = { field: "widthPx", reason: "must be a multiple of 64 for aria" };
  const paint = () => Promise.reject(new AriaError("INVALID", facts));
  const aria = studioOn({ ...fakePorts(), generator: { ...fakeGenerator(), paint } });
  expect((await imagesGenerations(aria, post({ prompt: "a lighthouse", size: "auto" }))).status).toBe(400);
});

it("takes JSON only, which no page of another origin can send without leave", async () => {
  const aria = studioOn();
  const headers = { "content-type": "text/plain" };
  const request = new Request(post({}).url, { method: "POST", headers, body: '{"prompt":"x"}' });
  expect((await imagesGenerations(aria, request)).status).toBe(400);
  expect(await aria.orders.current()).toBeNull();
});

it("lists the models, or says that nobody answers", async () => {
  const ports = fakePorts();
  expect((await (await listModels(createContainer(ports))).json()).data).toMatchObject([{ id: "aria" }]);
  const health = () => Promise.reject(new AriaError("UNAVAILABLE", { dependency: "inference" }));
  const away = createContainer({ ...ports, generator: { ...fakeGenerator(), health } });
  expect((await listModels(away)).status).toBe(503);
});

import { expect, test } from "./aria.ts";

test("POST /v1/images/generations speaks as OpenAI's does", async ({ aria, request }) => {
  const url = `${aria.url}/v1/images/generations`;
  const asked = { prompt: "a lone tree", n: 2, size: "256x256", response_format: "b64_json" };
  const reply = await request.post(url, { data: asked });
  expect(reply.status()).toBe(200);
  const { created, data } = await reply.json();
  expect(created).toBeGreaterThan(1.7e9);
  expect(data).toHaveLength(2);
  expect(Buffer.from(data[0].b64_json, "base64").subarray(1, 4).toString()).toBe("PNG");
  const linked = await (await request.post(url, { data: { prompt: "a lone tree" } })).json();
  expect((await request.get(linked.data[0].url)).headers()["content-type"]).toBe("image/png");
});

test("regression: pictures were said to lie where Next listens, and not where they were asked for", async ({
  aria,
  request,
}) => {
  const { port } = new URL(aria.url);
  for (const name of ["localhost", "127.0.0.1"]) {
    const host = `${name}:${port}`;
    const data = { prompt: "a lone tree", size: "256x256" };
    const painted = await request.post(`${aria.url}/v1/images/generations`, { data, headers: { host } });
    expect((await painted.json()).data[0].url).toMatch(`http://${host}/images/`);
  }
});

test("what does not fit is refused by name, and nothing is stored", async ({ aria, request }) => {
  const current = async () => (await request.get(`${aria.url}/api/trpc/order.current`)).text();
  const before = await current();
  for (const [data, param] of [
    [{ prompt: "" }, "prompt"],
    [{ prompt: "x".repeat(10_000) }, "prompt"],
    [{ prompt: "x", size: "250x250" }, "size"],
    [{ prompt: "x", size: "4096x4096" }, "size"],
    [{ prompt: "x", n: 100 }, "n"],
    [{ prompt: "x", model: "nobody" }, "model"],
    ["{nonsense", "body"],
  ] as const) {
    const options = typeof data === "string" ? { data: Buffer.from(data) } : { data };
    const headers = { "content-type": "application/json" };
    const reply = await request.post(`${aria.url}/v1/images/generations`, { ...options, headers });
    expect([400, 404]).toContain(reply.status());
    expect((await reply.json()).error).toMatchObject({ param, type: "invalid_request_error" });
  }
  expect(await current()).toBe(before);
});

test("a page elsewhere, whose name was made to point here, is not answered", async ({ aria, request }) => {
  for (const door of ["/", "/health/live", "/api/trpc/order.current", "/socket.io/?EIO=4&transport=polling"]) {
    const reply = await request.get(`${aria.url}${door}`, { headers: { host: "evil.example:3000" } });
    expect(reply.status()).toBe(403);
  }
});

test("health and models answer, and pictures nobody painted are not there", async ({ aria, request }) => {
  expect(await (await request.get(`${aria.url}/health/live`)).json()).toEqual({ status: "ok" });
  expect((await request.get(`${aria.url}/health/ready`)).status()).toBe(200);
  const { data } = await (await request.get(`${aria.url}/v1/models`)).json();
  expect(data).toContainEqual({ id: "aria", object: "model", owned_by: "aria" });
  for (const sha of ["0".repeat(64), "..%2f..%2fetc%2fpasswd"]) {
    expect((await request.get(`${aria.url}/images/${sha}`)).status()).toBe(404);
    expect((await request.get(`${aria.url}/images/${sha}/320.webp`)).status()).toBe(404);
  }
});

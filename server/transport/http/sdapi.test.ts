import { expect, it } from "vitest";
import { ProgressReply, Txt2ImgReply } from "#contracts/sdapi.ts";
import { createContainer } from "#server/container.ts";
import type { Ports } from "#server/ports.ts";
import { fakeGenerator, fakePorts } from "#tests/fakes.ts";
import { interrupt, options, progress, samplers, sdModels, txt2img } from "./sdapi.ts";

const never = new AbortController().signal;

function studio(overrides: Partial<Ports> = {}) {
  const container = createContainer(fakePorts(overrides));
  const placeOrder: typeof container.placeOrder = async (input) => {
    const order = await container.placeOrder(input);
    void container.paintOrder(order.id, never);
    return order;
  };
  return { ...container, placeOrder };
}

const at = (path: string, init: RequestInit = {}) => new Request(`http://localhost:3000/sdapi/v1/${path}`, init);
const post = (body: object) =>
  at("txt2img", { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });

it("paints word for word what a client of AUTOMATIC1111's asks for, in the order of the seeds", async () => {
  const aria = studio();
  const reply = await txt2img(
    aria,
    post({
      prompt: "a lake",
      negative_prompt: "boats",
      seed: 5,
      steps: 6,
      width: 256,
      height: 320,
      cfg_scale: 4.5,
      sampler_name: "Euler",
      scheduler: "Karras",
      batch_size: 2,
      n_iter: 2,
      restore_faces: false,
      override_settings: { sd_model_checkpoint: "aria [0123456789ab]" },
      alwayson_scripts: {},
    }),
  );
  const { images, info, parameters } = Txt2ImgReply.parse(await reply.json());
  const order = (await aria.orders.current())!;
  expect(order).toMatchObject({ theme: "a lake", prompt: "a lake", negativePrompt: "boats", steps: 6, heightPx: 320 });
  expect(order).toMatchObject({ guidance: 4.5, sampler: "euler", scheduleType: "karras", modelId: "aria", count: 4 });
  const seeds = [5, 6, 7, 8];
  expect(images.map((png) => Buffer.from(png, "base64").toString())).toEqual(seeds.map((seed) => `png of ${seed}`));
  const told = JSON.parse(info);
  expect(told).toMatchObject({
    all_seeds: seeds,
    sampler_name: "Euler",
    sd_model_hash: "0123456789ab",
    cfg_scale: 4.5,
  });
  expect(told.infotexts[1]).toContain("Seed: 6");
  expect(parameters).toMatchObject({ prompt: "a lake", batch_size: 2 });
});

it("takes a bare prompt, nulls and the seed -1, as such clients send them", async () => {
  const aria = studio();
  const reply = await txt2img(aria, post({ prompt: "a lake", seed: -1, steps: null, sampler_name: null, width: null }));
  expect(Txt2ImgReply.parse(await reply.json()).images).toHaveLength(1);
  expect(await aria.orders.current()).toMatchObject({ seed: 2 ** 31, steps: 8, sampler: "dpmpp-2m" });
});

it.each([
  ["a sampler nobody knows", { sampler_name: "Heun++" }, "sampler_name"],
  ["a name of JavaScript's own", { sampler_name: "constructor" }, "sampler_name"],
  ["a schedule nobody knows", { scheduler: "toString" }, "scheduler"],
  ["more pictures than one order has", { batch_size: 8, n_iter: 8 }, "batch_size"],
  ["an odd size", { width: 300 }, "width"],
  ["no prompt", { prompt: "" }, "prompt"],
  ["what is not painted", { prompt: "nude" }, "prompt"],
])("refuses %s with problem details", async (_what, part, field) => {
  const reply = await txt2img(studio(), post({ prompt: "a lake", ...part }));
  expect([reply.status, reply.headers.get("content-type")]).toEqual([400, "application/problem+json"]);
  expect(await reply.json()).toMatchObject({ status: 400, code: "INVALID", facts: { field } });
});

it("tells how far the painting is, with what was shown of it last", async () => {
  const watcher: Ports["watcher"] = {
    watch(orderId, { stroke, progress: tell }) {
      const seen = { orderId, candidate: 1, step: 4, of: 8 };
      stroke?.({ ...seen, image: new Uint8Array([1, 2]).buffer, mediaType: "image/jpeg" });
      tell?.({ ...seen, state: "painting", candidates: 2, remainingMs: 3_000 });
      return () => {};
    },
  };
  const ports = fakePorts({ watcher });
  const aria = createContainer(ports);
  const idle = ProgressReply.parse(await (await progress(aria, at("progress"))).json());
  expect(idle).toMatchObject({ progress: 0, current_image: null, state: { job: "", job_count: 0 } });
  const plain = { enhance: false, negativePrompt: "" };
  const { id } = await aria.placeOrder({ ...plain, prompt: "a lake", count: 2 });
  await ports.orders.claim(id, 60_000, ports.now());
  const told = ProgressReply.parse(await (await progress(aria, at("progress"))).json());
  expect(told).toMatchObject({ progress: 0.75, eta_relative: 3, current_image: "AQI=" });
  expect(told.state).toMatchObject({ job: id, job_no: 1, sampling_step: 4, sampling_steps: 8 });
  const bare = await (await progress(aria, at("progress?skip_current_image=true"))).json();
  expect(bare.current_image).toBeNull();
});

it("interrupts what is being painted and leaves what waits, but for no page elsewhere", async () => {
  const ports = fakePorts();
  const aria = createContainer(ports);
  const plain = { enhance: false, negativePrompt: "", count: 1 };
  const first = await aria.placeOrder({ ...plain, prompt: "a lake" });
  const second = await aria.placeOrder({ ...plain, prompt: "a hill" });
  expect(await (await interrupt(aria, at("interrupt", { method: "POST" }))).json()).toEqual({});
  expect((await aria.orders.get(first.id))?.state).toBe("waiting");
  await ports.orders.claim(first.id, 60_000, ports.now());
  for (const headers of [{ "sec-fetch-site": "cross-site" }, { origin: "http://evil.example" }, { origin: "null" }])
    expect((await interrupt(aria, at("interrupt", { method: "POST", headers }))).status).toBe(400);
  expect((await aria.orders.get(first.id))?.state).toBe("painting");
  const own = { host: "localhost:3000", origin: "http://localhost:3000", "sec-fetch-site": "same-origin" };
  expect((await interrupt(aria, at("interrupt", { method: "POST", headers: own }))).status).toBe(200);
  expect((await aria.orders.get(first.id))?.state).toBe("cancelled");
  expect((await aria.orders.get(second.id))?.state).toBe("waiting");
});

it("tells what there is to paint with", async () => {
  const aria = studio();
  expect(await samplers().json()).toContainEqual({ name: "Euler a", aliases: ["euler-ancestral"], options: {} });
  expect(await (await sdModels(aria)).json()).toMatchObject([{ title: "aria [0123456789ab]", model_name: "aria" }]);
  expect(await (await options(aria)).json()).toMatchObject({ sd_model_checkpoint: "aria [0123456789ab]" });
});

it("says of a painting that did not come out what went wrong", async () => {
  const paint = () =>
    Promise.reject(
      Object.assign(new Error("x"), {
        name: "AriaError",
        code: "GENERATION_FAILED",
        facts: { modelId: "aria", reason: "blank_picture" },
      }),
    );
  const reply = await txt2img(studio({ generator: fakeGenerator({ paint }) }), post({ prompt: "a lake" }));
  expect(await reply.json()).toMatchObject({
    status: 500,
    code: "GENERATION_FAILED",
    detail: expect.stringContaining("blank"),
  });
});

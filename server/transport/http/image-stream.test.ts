import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { AriaError } from "#contracts/errors.ts";
import { CompletedImageEvent, ErrorEvent, PartialImageEvent } from "#contracts/images.ts";
import { createContainer } from "#server/container.ts";
import type { Ports, Watching } from "#server/ports.ts";
import { fakeGenerator, fakePorts } from "#tests/fakes.ts";
import { imagesGenerations } from "./images-generations.ts";

const STEPS = 8;
const never = new AbortController().signal;

/** Shows a stroke a step of whatever is painted, as inference does over its socket. */
function studio(overrides: Partial<Ports> = {}) {
  const watchers = new Map<string, Watching>();
  const painter = fakeGenerator();
  const generator = fakeGenerator({
    async paint(order, signal) {
      for (const candidate of order.seeds.keys())
        for (let step = 1; step <= STEPS; step++) {
          const image = new Uint8Array([0xff, 0xd8, candidate, step]).buffer;
          const stroke = {
            orderId: order.orderId,
            candidate,
            step,
            of: STEPS,
            image,
            mediaType: "image/jpeg",
          } as const;
          watchers.get(order.orderId)?.stroke?.(stroke);
          await sleep(1);
        }
      return painter.paint(order, signal);
    },
  });
  const watcher: Ports["watcher"] = {
    watch(id, on) {
      watchers.set(id, on);
      return () => void watchers.delete(id);
    },
  };
  const container = createContainer(fakePorts({ generator, watcher, ...overrides }));
  const placeOrder: typeof container.placeOrder = async (input) => {
    const order = await container.placeOrder(input);
    setTimeout(() => void container.paintOrder(order.id, never), 5);
    return order;
  };
  return { ...container, placeOrder, watchers };
}

const post = (body: object) =>
  new Request("http://localhost/v1/images/generations", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ stream: true, prompt: "a lake", ...body }),
  });

async function eventsOf(reply: Response) {
  expect(reply.headers.get("content-type")).toBe("text/event-stream");
  const blocks = (await reply.text()).split("\n\n").filter((block) => block.startsWith("event: "));
  return blocks.map((block) => {
    const [, name, data] = /^event: (.*)\ndata: (.*)$/.exec(block)!;
    const event = JSON.parse(data!) as { type: string };
    expect(event.type).toBe(name);
    return event;
  });
}

it.each([0, 1, 2, 3])(
  "shows %i previews, each from further on, and then every picture, the kept one first",
  async (partial_images) => {
    const aria = studio();
    const events = await eventsOf(await imagesGenerations(aria, post({ partial_images, n: 2 })));
    expect(events.map(({ type }) => type.replace("image_generation.", ""))).toEqual([
      ...Array(partial_images).fill("partial_image"),
      ...Array(2).fill("completed"),
    ]);
    const previews = events.slice(0, partial_images).map((event) => PartialImageEvent.parse(event));
    expect(previews.map(({ partial_image_index }) => partial_image_index)).toEqual([...previews.keys()]);
    const done = previews.map(({ b64_json }) => {
      const [, , candidate, step] = Buffer.from(b64_json, "base64");
      return (candidate! * STEPS + step!) / (2 * STEPS);
    });
    for (const [i, share] of done.entries()) expect(share).toBeGreaterThanOrEqual((i + 1) / (partial_images + 1));
    const order = (await aria.orders.current())!;
    const kept = order.candidates.find((candidate) => candidate.kept)!;
    const first = CompletedImageEvent.parse(events[partial_images]);
    expect(Buffer.from(first.b64_json, "base64")).toEqual(Buffer.from(await aria.readPng(kept.imageUrl)));
    expect(first).toMatchObject({ size: "256x256", revised_prompt: order.prompt, output_format: "png" });
    expect(aria.watchers.size).toBe(0);
  },
);

it("says in the stream what went wrong once it has begun, and before that as ever", async () => {
  const reason = "blank_picture" as const;
  const paint = () => Promise.reject(new AriaError("GENERATION_FAILED", { modelId: "aria", reason }));
  const events = await eventsOf(await imagesGenerations(studio({ generator: fakeGenerator({ paint }) }), post({})));
  expect(events.map((event) => ErrorEvent.parse(event).error.code)).toEqual(["generation_failed"]);
  const refused = await imagesGenerations(studio(), post({ prompt: "" }));
  expect([refused.status, (await refused.json()).error.param]).toEqual([400, "prompt"]);
  expect((await imagesGenerations(studio(), post({ partial_images: 4 }))).status).toBe(400);
});

it("cancels the order of whoever stops listening", async () => {
  const aria = createContainer(fakePorts());
  const reply = await imagesGenerations(aria, post({}));
  await reply.body!.cancel();
  await expect.poll(async () => (await aria.orders.current())?.state).toBe("cancelled");
});

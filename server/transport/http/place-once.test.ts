import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import { PlaceOrderInput } from "#contracts/order.ts";
import { PersonId } from "#contracts/people.ts";
import { createContainer } from "#server/container.ts";
import { fakePorts, inMemoryHouse } from "#tests/fakes.ts";
import { imagesGenerations } from "./images-generations.ts";
import { placeOnce } from "./place-once.ts";
import { txt2img } from "./sdapi.ts";

function studio() {
  const container = createContainer(fakePorts());
  const placed: string[] = [];
  const placeOrder: typeof container.placeOrder = async (input) => {
    const order = await container.placeOrder(input);
    placed.push(order.id);
    void container.paintOrder(order.id, new AbortController().signal);
    return order;
  };
  return { aria: { ...container, placeOrder }, container, placed };
}

const post = (body: object, key?: string, signal?: AbortSignal) =>
  new Request("http://localhost/v1/images/generations", {
    method: "POST",
    headers: { "content-type": "application/json", ...(key !== undefined && { "idempotency-key": key }) },
    body: JSON.stringify(body),
    ...(signal && { signal }),
  });

it("paints once for a key, however often and however quickly it is asked", async () => {
  const { aria, placed } = studio();
  const asked = { prompt: "a lake", n: 2 };
  const replies = await Promise.all([1, 2, 3].map(() => imagesGenerations(aria, post(asked, "k-1"))));
  const bodies = await Promise.all(
    [...replies, await imagesGenerations(aria, post(asked, "k-1"))].map((r) => r.json()),
  );
  expect(new Set(bodies.map((body) => JSON.stringify(body))).size).toBe(1);
  expect(bodies[0].data).toHaveLength(2);
  expect(new Set(placed).size).toBe(1);
  await imagesGenerations(aria, post(asked, "k-2"));
  await imagesGenerations(aria, post(asked));
  await imagesGenerations(aria, post(asked));
  expect(new Set(placed).size).toBe(4);
  expect((await imagesGenerations(aria, post({ ...asked, response_format: "b64_json" }, "k-1"))).status).toBe(200);
});

it("takes one key of two people for two orders", async () => {
  const house = inMemoryHouse();
  const of = () => createContainer(fakePorts(house.of(PersonId.parse(randomUUID()))));
  const [ada, grace] = [of(), of()];
  const placed = await Promise.all([
    placeOnce(ada, post({}, "k"), PlaceOrderInput.parse({ prompt: "a lake" })),
    placeOnce(grace, post({}, "k"), PlaceOrderInput.parse({ prompt: "a hill" })),
  ]);
  expect(placed.map(({ order }) => order.theme)).toEqual(["a lake", "a hill"]);
  expect(await ada.orders.get(placed[1]!.order.id)).toBeNull();
});

it.each([
  ["prompt", { prompt: "a hill" }],
  ["count", { prompt: "a lake", n: 3 }],
  ["size", { prompt: "a lake", size: "512x512" }],
  ["freedom", { prompt: "a lake", enhance: false }],
])("refuses a key that was used for another %s", async (_what, other) => {
  const { aria, placed } = studio();
  await imagesGenerations(aria, post({ prompt: "a lake" }, "k"));
  const reply = await imagesGenerations(aria, post(other, "k"));
  expect(reply.status).toBe(409);
  expect((await reply.json()).error).toMatchObject({
    code: "conflict",
    message: expect.stringContaining("Idempotency-Key"),
  });
  expect(new Set(placed).size).toBe(1);
  const there = await txt2img(aria, post({ prompt: "a lake", seed: 4 }, "k"));
  expect([there.status, (await there.json()).code]).toEqual([409, "CONFLICT"]);
});

it.each(["", "x".repeat(256), "two words"])("refuses %j for a key", async (key) => {
  const { aria } = studio();
  const reply = await imagesGenerations(aria, post({ prompt: "a lake" }, key));
  expect((await reply.json()).error.param).toBe("idempotency-key");
});

it("paints on for a caller with a key who went away, and has it for him when he comes back", async () => {
  const { container } = studio();
  const caller = new AbortController();
  const asking = imagesGenerations(container, post({ prompt: "a lake" }, "k", caller.signal));
  setTimeout(() => caller.abort(), 30);
  expect((await asking).status).toBe(499);
  const order = (await container.orders.current())!;
  expect(order.state).toBe("waiting");
  await container.paintOrder(order.id, new AbortController().signal);
  const reply = await imagesGenerations(container, post({ prompt: "a lake" }, "k"));
  expect((await reply.json()).data[0].url).toContain("/images/");
});

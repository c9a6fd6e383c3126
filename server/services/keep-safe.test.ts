import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { ArtworkId } from "#contracts/artwork.ts";
import { Lexicon } from "#contracts/lexicon.ts";
import { STRICT } from "#contracts/safety.ts";
import { SeriesId } from "#contracts/series.ts";
import { createContainer } from "#server/container.ts";
import { namesPerson } from "#server/domain/safety/judge-prompt.ts";
import { promptWriter } from "#server/infra/llm/prompt-writer.ts";
import type { Ports } from "#server/ports.ts";
import { startFakeLlm } from "#tests/fake-llm.ts";
import { fakeGenerator, fakePorts } from "#tests/fakes.ts";
import { seeded } from "#tests/seeded.ts";

const never = new AbortController().signal;
const lexicon = Lexicon.parse(JSON.parse(readFileSync("models/aria/lexicon.json", "utf8")));
const plain = { enhance: true, negativePrompt: "", count: 1 } as const;

function aria(overrides: Partial<Ports> = {}, vocabulary: Record<string, string[]> = {}) {
  const painter = fakeGenerator();
  const health = async () => {
    const told = await painter.health();
    return { ...told, models: told.models.map((model) => ({ ...model, vocabulary })) };
  };
  return createContainer(fakePorts({ rng: seeded(5), generator: fakeGenerator({ health }), ...overrides }));
}

const refusal = (field: string, refused: string) => ({ code: "INVALID", facts: { field, refused } });

it("refuses what is not painted by whichever way it is asked for, and writes nothing down", async () => {
  const container = aria();
  const harmful = "a n4ked couple";
  const ways = [
    () => container.placeOrder({ ...plain, prompt: harmful }),
    () => container.placeOrder({ ...plain, prompt: harmful, enhance: false }),
    () => container.placeOrder({ ...plain, prompt: "a couple", edited: harmful }),
    () => container.placeOrder({ ...plain, prompt: "a couple", negativePrompt: "clothes, blur" }),
  ];
  for (const way of ways) await expect(way()).rejects.toMatchObject(refusal("prompt", "sexual"));
  const series = {
    id: SeriesId.parse(randomUUID()),
    theme: harmful,
    count: 2,
    dimension: "light",
    candidates: 1,
  } as const;
  await expect(container.placeSeries(series)).rejects.toMatchObject(refusal("theme", "sexual"));
  await expect(container.proposePrompt({ theme: harmful }, never)).rejects.toMatchObject(refusal("theme", "sexual"));
  expect(await container.orders.current()).toBeNull();
  expect(await container.series.get(series.id)).toBeNull();
});

it("refuses a remix into what is not painted, and one of a work that would not be painted any more", async () => {
  const container = aria();
  const { id } = await container.placeOrder({ ...plain, prompt: "a poster of Brand X" });
  await container.paintOrder(id, never);
  const artworkId = ArtworkId.parse((await container.orders.get(id))!.artworkId);
  const remix = container.remixArtwork({ artworkId, kind: "style", style: "hentai" });
  await expect(remix).rejects.toMatchObject(refusal("prompt", "sexual"));
  await container.safety.write({ ...STRICT, deny: ["brand x"] });
  await expect(container.remixArtwork({ artworkId, kind: "variation" })).rejects.toMatchObject(
    refusal("prompt", "denied"),
  );
});

it("paints what an operator lets be painted, but nothing of minors", async () => {
  const container = aria();
  await container.safety.write({ refused: [], deny: [], allow: [], people: [] });
  expect(await container.placeOrder({ ...plain, prompt: "a nude woman" })).toMatchObject({ state: "waiting" });
  const always = container.placeOrder({ ...plain, prompt: "a nude child" });
  await expect(always).rejects.toMatchObject(refusal("prompt", "minors"));
  expect(container.safety.judge("a nude woman", STRICT)).toEqual({ category: "sexual", words: "nude" });
});

it("left to herself, or asked for a place, paints nobody, though her model was taught people", async () => {
  const vocabulary = {
    scene: ["a woman by a window", "portrait of a king", "a lake", "a crowd of people", "hills", "a nude"],
    style: ["portraits of dancers", "woodcut"],
    palette: ["faces in gold", "sepia"],
  };
  const container = aria({}, vocabulary);
  for (let i = 0; i < 60; i++) {
    const { id } = await container.placeOrder({ ...plain, prompt: i % 3 ? "" : "a lake at dawn" });
    expect(await container.paintOrder(id, never)).toBe("done");
    const { prompt, negativePrompt } = (await container.orders.get(id))!;
    expect([prompt, namesPerson(prompt), negativePrompt]).toEqual([prompt, false, ""]);
  }
  const asked = await container.placeOrder({ ...plain, prompt: "a woman on a hill" });
  await container.paintOrder(asked.id, never);
  expect((await container.orders.get(asked.id))!.prompt).toContain("a woman on a hill");
});

it.each(["a lake at dawn, a woman bathing", "a lake at dawn, erotic, watercolor", "a lake at dawn, brand x"])(
  "thinks again where a language model says %s",
  async (says) => {
    const llm = await startFakeLlm({ says });
    const writer = promptWriter({ provider: "ollama", model: "tiny", baseUrl: llm.url, timeoutMs: 2_000 });
    const container = aria({ writer, generator: fakeGenerator({ lexicon: async () => lexicon }) });
    await container.safety.write({ ...STRICT, deny: ["brand x"] });
    const { id } = await container.placeOrder({ ...plain, prompt: "a lake at dawn" });
    expect(await container.paintOrder(id, never)).toBe("done");
    const { prompt, thoughts } = (await container.orders.get(id))!;
    expect(prompt).not.toContain(says.split(", ").at(1));
    expect(thoughts.map(({ text }) => text).join(" ")).toContain("not to be painted. I keep my own.");
    llm.close();
  },
);

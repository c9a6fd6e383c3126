import { expect, it } from "vitest";
import { countTries } from "./count-tries.ts";

const start = new Date("2026-01-01T00:00:00Z").getTime();

it("counts each name apart, but for what was right, and lets it be tried again in a quarter of an hour", async () => {
  let now = start;
  const tries = countTries(() => new Date(now));
  for (let i = 0; i < 9; i++) expect(await tries.take("ada@example.org")).toBeNull();
  expect(await tries.take("ada@example.org")).toBeNull();
  await tries.giveBack("ada@example.org");
  expect(await tries.take("ada@example.org")).toBeNull();
  now += 60_000;
  expect(await tries.take("ada@example.org")).toBe(14 * 60_000);
  expect(await tries.take("bea@example.org")).toBeNull();
  now = start + 15 * 60_000;
  expect(await tries.take("ada@example.org")).toBeNull();
});

import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { FLAG_NAMES } from "#contracts/flag-names.ts";
import { inMemoryFlags } from "#tests/fakes.ts";
import { openFlags } from "./open-flags.ts";

function opened(repo = inMemoryFlags()) {
  const told: string[] = [];
  const warn = (_facts: unknown, line?: string) => void told.push(line ?? "");
  return { repo, told, flags: openFlags(repo, { log: { warn } }) };
}
const now = new Date(0);
const even = { isOn: true, rules: [], shares: { plain: 50, "with-light": 50 } };

it("gives what is usual while a flag is off, and writes nothing down", async () => {
  const { flags, repo } = opened();
  expect(await flags.read("prompt-template", "one")).toBe("plain");
  expect(await flags.read("language-model", "one")).toBe(true);
  expect(await flags.read("own-candidates", "one")).toBe(3);
  expect(await repo.exposures()).toEqual([]);
});

it("gives a subject the same variant again, and writes it down once", async () => {
  const { flags, repo } = opened();
  await repo.write("prompt-template", even, now);
  const first = await flags.read("prompt-template", "one");
  for (let i = 0; i < 5; i++) expect(await flags.read("prompt-template", "one")).toBe(first);
  const variants = new Set<string>();
  for (let i = 0; i < 30; i++) variants.add(await flags.read("prompt-template", `order ${i}`));
  expect([...variants].sort()).toEqual(["plain", "with-light"]);
  const exposed = await repo.exposures();
  expect(exposed.reduce((sum, { subjects }) => sum + subjects, 0)).toBe(31);
});

it("goes by who asks, also far down, and by nobody's rule where nobody does", async () => {
  const { flags, repo } = opened();
  const rules = [
    { role: "admin", variant: "one" },
    { personId: "7f6dfd3e-5b1c-4d3e-9d0a-1f2e3d4c5b6a" as never, variant: "five" },
  ] as const;
  await repo.write("own-candidates", { isOn: true, rules: [...rules], shares: { one: 0, three: 100, five: 0 } }, now);
  const read = async () => {
    await new Promise((later) => setTimeout(later, 1));
    return flags.read("own-candidates", "an order");
  };
  const ada = { role: "member", personId: "7f6dfd3e-5b1c-4d3e-9d0a-1f2e3d4c5b6a" } as const;
  const both = await Promise.all([flags.as({ role: "admin", personId: null }, read), flags.as(ada, read), read()]);
  expect(both).toEqual([1, 5, 3]);
  await expect(flags.as(ada, () => Promise.reject(new RangeError("hers")))).rejects.toThrow("hers");
});

it("takes whoever asks for the subject where none is named", async () => {
  const { flags, repo } = opened();
  await repo.write("language-model", { isOn: true, rules: [], shares: { on: 50, off: 50 } }, now);
  await flags.as({ role: "member", personId: "ada" }, () => flags.read("language-model"));
  expect(await repo.given("language-model", "ada")).not.toBeNull();
});

it("keeps to what was given first, when shares have changed since", async () => {
  const { flags, repo } = opened();
  await repo.write("prompt-template", { ...even, shares: { plain: 0, "with-light": 100 } }, now);
  await flags.read("prompt-template", "one");
  await repo.write("prompt-template", { ...even, isOn: false }, now);
  expect(await flags.given("prompt-template", "one")).toBe("with-light");
  expect(await flags.given("prompt-template", "another")).toBe("plain");
  await repo.expose({ flag: "prompt-template", subject: "x", variant: "gone", reason: "SPLIT", share: 1, at: now });
  expect(await flags.given("prompt-template", "x")).toBe("plain");
});

it.each(["settings", "expose"] as const)(
  "gives what is usual where %s cannot be asked, and says so",
  async (broken) => {
    const whole = inMemoryFlags();
    await whole.write("prompt-template", { ...even, shares: { plain: 0, "with-light": 100 } }, now);
    const { flags, told } = opened({ ...whole, [broken]: () => Promise.reject(new Error("the database is away")) });
    expect(await flags.read("prompt-template", "one")).toBe("plain");
    expect(told).toContain("a flag could not be read");
  },
);

/** Where flags are read and change what happens: services alone. */
const READERS = readdirSync("server/services")
  .filter((file) => !file.endsWith(".test.ts"))
  .map((file) => readFileSync(path.join("server/services", file), "utf8"))
  .join("\n");

it.each(FLAG_NAMES)("%s has a reader", (flag) => {
  expect(READERS).toMatch(new RegExp(`flags\\.(read|given)\\("${flag}"`));
});

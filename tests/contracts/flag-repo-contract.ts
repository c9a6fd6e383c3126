import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import type { FlagSettings } from "#contracts/flags.ts";
import { offSettings } from "#contracts/flags.ts";
import type { FlagExposure, FlagRepo } from "#server/ports.ts";

const at = (second: number) => new Date(second * 1_000);
const exposure = (part: Partial<FlagExposure> = {}): FlagExposure => ({
  flag: "prompt-template",
  subject: randomUUID(),
  variant: "plain",
  reason: "SPLIT",
  share: 0.5,
  at: at(1),
  ...part,
});

export function flagRepoContract(name: string, open: () => Promise<FlagRepo>): void {
  it(`${name}: a flag is off until somebody decides, and then as was decided last`, async () => {
    const repo = await open();
    expect(await repo.settings("prompt-template")).toEqual(offSettings("prompt-template"));
    const on: FlagSettings = {
      isOn: true,
      rules: [{ role: "admin", variant: "with-light" }],
      shares: { plain: 90, "with-light": 10 },
    };
    await repo.write("prompt-template", { ...on, rules: [] }, at(1));
    await repo.write("prompt-template", on, at(2));
    expect(await repo.settings("prompt-template")).toEqual(on);
    expect(await repo.settings("own-candidates")).toEqual(offSettings("own-candidates"));
  });

  it(`${name}: counts a subject once a variant, and knows which it was given first`, async () => {
    const repo = await open();
    const one = exposure({ at: at(5) });
    await repo.expose(one);
    await repo.expose({ ...one, at: at(6) });
    await repo.expose({ ...one, variant: "with-light", at: at(7) });
    await repo.expose(exposure({ variant: "with-light", at: at(9) }));
    await repo.expose(exposure({ flag: "language-model", subject: one.subject, variant: "off", at: at(2) }));
    expect(await repo.given("prompt-template", one.subject)).toBe("plain");
    expect(await repo.given("language-model", one.subject)).toBe("off");
    expect(await repo.given("own-candidates", one.subject)).toBeNull();
    expect(await repo.exposures()).toEqual([
      { flag: "language-model", variant: "off", subjects: 1, lastAt: at(2) },
      { flag: "prompt-template", variant: "plain", subjects: 1, lastAt: at(5) },
      { flag: "prompt-template", variant: "with-light", subjects: 2, lastAt: at(9) },
    ]);
  });

  it(`${name}: writes down what came of whoever was given a variant, the first time, under the first`, async () => {
    const repo = await open();
    const [one, two] = [exposure({ share: 0.3 }), exposure({ variant: "with-light", share: 0.7 })];
    for (const given of [one, two, { ...one, variant: "with-light", at: at(3) }]) await repo.expose(given);
    await repo.observe(randomUUID(), { kind: "verdict", value: 1, at: at(4) });
    await repo.observe(two.subject, { kind: "verdict", value: 0.25, at: at(5) });
    await repo.observe(one.subject, { kind: "verdict", value: 1, at: at(6) });
    await repo.observe(one.subject, { kind: "verdict", value: 0, at: at(7) });
    await repo.observe(one.subject, { kind: "score", value: 0.5, at: at(8) });
    const verdicts = [
      { variant: "with-light", reason: "SPLIT", share: 0.7, value: 0.25 },
      { variant: "plain", reason: "SPLIT", share: 0.3, value: 1 },
    ];
    expect(await repo.outcomes("prompt-template", "verdict", 10)).toEqual(verdicts);
    expect(await repo.outcomes("prompt-template", "verdict", 1)).toEqual(verdicts.slice(0, 1));
    expect(await repo.outcomes("prompt-template", "score", 10)).toEqual([{ ...verdicts[1], value: 0.5 }]);
    expect(await repo.outcomes("language-model", "verdict", 10)).toEqual([]);
  });
}

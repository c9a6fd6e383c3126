import { expect, it } from "vitest";
import { STRICT } from "#contracts/safety.ts";
import type { SafetyRepo } from "#server/ports.ts";

export function safetyRepoContract(name: string, open: () => Promise<SafetyRepo>): void {
  it(`${name}: is strict until somebody decides, and then as was decided last`, async () => {
    const repo = await open();
    expect(await repo.read()).toEqual(STRICT);
    await repo.write({ refused: ["gore"], deny: ["brand x"], allow: ["life drawing"], people: ["Jane Public"] });
    const lenient = { refused: [], deny: [], allow: ["Größe"], people: [] };
    await repo.write(lenient);
    expect(await repo.read()).toEqual(lenient);
  });
}

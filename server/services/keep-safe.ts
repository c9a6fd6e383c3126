import { AriaError } from "#contracts/errors.ts";
import { type Judgement, REFUSAL_REASONS, type SafetyRules } from "#contracts/safety.ts";
import { rulesChange } from "#server/domain/operations/audit-words.ts";
import { judgePrompt } from "#server/domain/safety/judge-prompt.ts";
import type { Ports } from "#server/ports.ts";

interface Asked {
  readonly prompt: string;
  readonly negativePrompt?: string;
  /** As the caller spells it. */
  readonly field?: string;
}

/** Throws INVALID, with the kind of what is not painted. */
export function refuseUnsafe(rules: SafetyRules, { prompt, negativePrompt = "", field = "prompt" }: Asked): void {
  const judgement = judgePrompt(prompt, rules, negativePrompt);
  if (!judgement) return;
  const { category } = judgement;
  throw new AriaError("INVALID", { field, reason: REFUSAL_REASONS[category], refused: category });
}

/** What an operator decides of it, and how a sentence would fare by rules that are not kept yet. */
export function makeKeepSafe({ safety }: Pick<Ports, "safety">) {
  return {
    read: () => safety.read(),
    /** Gives what is different now, in words for the audit. */
    async write(rules: SafetyRules): Promise<string> {
      const before = await safety.read();
      await safety.write(rules);
      return rulesChange(before, rules);
    },
    judge: (text: string, rules: SafetyRules): Judgement | null => judgePrompt(text, rules),
  };
}

import { readFileSync } from "node:fs";
import path from "node:path";
import type { SafetyCategory } from "#contracts/safety.ts";

export interface LabelledPrompt {
  /** Null where it may be painted. */
  readonly label: SafetyCategory | null;
  readonly prompt: string;
}

const FILE = path.join(import.meta.dirname, "prompts.txt");

export function labelledPrompts(): LabelledPrompt[] {
  const lines = readFileSync(FILE, "utf8").split("\n");
  return lines
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map((line) => {
      const [label = "", ...prompt] = line.split(" | ");
      return { label: label === "ok" ? null : (label as SafetyCategory), prompt: prompt.join(" | ") };
    });
}

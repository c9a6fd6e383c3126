import { MAX_PROMPT_CHARACTERS } from "#contracts/terms.ts";

/** The first part, and of the others as many as a prompt has room for. */
export function joined([first, ...others]: readonly [string, ...(string | null | undefined)[]]): string {
  return others.reduce<string>((prompt, part) => {
    const longer = part ? `${prompt}, ${part}` : prompt;
    return longer.length <= MAX_PROMPT_CHARACTERS ? longer : prompt;
  }, first);
}

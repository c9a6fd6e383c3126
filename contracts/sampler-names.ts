/** How the tools of the field spell our samplers. Without zod: the studio reads pictures by it. */
import type { Sampler } from "./generation.ts";
import { SAMPLER_TITLES } from "./terms.ts";

/** Case, dashes and spaces are each tool's own. */
const spelt = (name: string): string => name.toLowerCase().replace(/[\s_-]/g, "");

const SPELLINGS: ReadonlyMap<string, Sampler> = new Map([
  ...Object.entries(SAMPLER_TITLES).map(([id, title]) => [spelt(title), id as Sampler] as const),
  ["eulerancestral", "euler-ancestral"],
  ["eulera", "euler-ancestral"],
  ["keuler", "euler"],
  ["keulera", "euler-ancestral"],
  ["plms", "pndm"],
  ["dpm++2m", "dpmpp-2m"],
  ["dpmpp2m", "dpmpp-2m"],
  ["dpmpp2mk", "dpmpp-2m"],
  ["dpm++2mkarras", "dpmpp-2m"],
  ["dpm++2msde", "dpmpp-2m-sde"],
  ["dpmpp2msde", "dpmpp-2m-sde"],
  ["unipcbh2", "unipc"],
]);

/** Null for one that is not here. Older tools put the schedule into the name: "DPM++ 2M Karras". */
export function samplerCalled(name: string): { sampler: Sampler; scheduleType?: "karras" } | null {
  const isKarras = /karras|_k$/i.test(name);
  const sampler = SPELLINGS.get(spelt(name.replace(/\s*karras|_k$/i, ""))) ?? SPELLINGS.get(spelt(name));
  return sampler === undefined ? null : { sampler, ...(isKarras && { scheduleType: "karras" as const }) };
}

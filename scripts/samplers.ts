/** `npm run samplers -- FILE`: how far our samplers are from a file of reference runs, one JSON line a case. */
import { readFileSync } from "node:fs";
import { z } from "zod";
import { isAriaError } from "#contracts/errors.ts";
import { relativeError, SamplerCase, samplerOf } from "#tests/golden/sampler-case.ts";

const [path] = process.argv.slice(2);
if (!path) {
  console.error("usage: npm run samplers -- FILE");
  process.exit(2);
}
const { cases } = z.object({ cases: z.array(SamplerCase) }).parse(JSON.parse(readFileSync(path, "utf8")));
for (const reference of cases) console.log(JSON.stringify({ name: reference.name, ...measure(reference) }));

function measure(reference: SamplerCase): { relativeError: number } | { skipped: string } {
  const sampler = samplerOf(reference);
  if (!sampler) return { skipped: `no sampler for ${reference.cfg._class_name}` };
  try {
    return { relativeError: relativeError(reference, sampler) };
  } catch (error) {
    if (isAriaError(error) && error.code === "INVALID")
      return { skipped: `${error.facts.field}: ${error.facts.reason}` };
    throw error;
  }
}

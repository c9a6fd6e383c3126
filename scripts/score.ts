/** `npm run score -- PICTURE... [--theme TEXT] [--model DIR]`: what a model's scorer sees in pictures, a JSON line each. */
import { existsSync, readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { isAriaError } from "#contracts/errors.ts";
import { readModelFolder } from "#inference/models/model-folder.ts";
import { openScorer } from "#inference/scoring/scorer.ts";
import type { Seen } from "#inference/scoring/sight.ts";

const USAGE = "usage: npm run score -- PICTURE... [--theme TEXT] [--model DIR]";
const OPTIONS = { theme: { type: "string", default: "" }, model: { type: "string", default: "models/aria" } } as const;

class Usage extends Error {}

async function main(): Promise<void> {
  const { values, positionals: files } = parseArgs({ allowPositionals: true, options: OPTIONS });
  if (files.length === 0) throw new Usage(USAGE);
  for (const file of files) if (!existsSync(file)) throw new Usage(`There is no file ${file}.`);
  const scorer = await openScorer(await readModelFolder(values.model), availableParallelism());
  const pictures = files.map((file) => readFileSync(file));
  const [judgements, seen] = [await scorer.judge(values.theme, pictures), await scorer.look(pictures)];
  for (const [i, file] of files.entries())
    console.log(
      JSON.stringify({
        file,
        scores: judgements[i]!.scores,
        sees: likeliest(seen[i]!),
        likest: likest(files, seen, i),
      }),
    );
  await scorer.release();
}

/** Of each kind the label it is surest of; of flaws how much there is of each. */
const likeliest = ({ sight: { quality, ...kinds } }: Seen) => ({
  ...Object.fromEntries(
    Object.entries(kinds).map(([kind, shares]) => [kind, Object.entries(shares).sort(([, a], [, b]) => b - a)[0]![0]]),
  ),
  quality,
});

/** The one of the others it is most like, by cosine; null where it is alone. */
function likest(files: readonly string[], seen: readonly Seen[], i: number) {
  const likeness = (k: number) => seen[k]!.embedding.reduce((sum, value, d) => sum + value * seen[i]!.embedding[d]!, 0);
  const others = [...files.keys()].filter((k) => k !== i).map((k) => ({ file: files[k], cosine: likeness(k) }));
  return others.sort((a, b) => b.cosine - a.cosine)[0] ?? null;
}

main().catch((error: unknown) => {
  if (error instanceof Usage || (error as { code?: string }).code?.startsWith("ERR_PARSE_ARGS"))
    console.error((error as Error).message);
  else if (isAriaError(error) && error.code === "INVALID") console.error(`--model: ${error.facts.reason}`);
  else console.error(error);
  process.exit(error instanceof Usage || isAriaError(error) ? 2 : 1);
});

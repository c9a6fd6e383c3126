/** `npm run models -- list|catalogue|install|verify|optimize|remove`: what Aria can paint with. */
import { availableParallelism } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { isAriaError } from "#contracts/errors.ts";
import { PRECISIONS } from "#contracts/models.ts";
import { DEFAULT_MODEL } from "#contracts/terms.ts";
import type { Recipe } from "#inference/graphs/recipe.ts";
import { readCatalogue } from "#inference/models/catalogue.ts";
import { install, modelDir, planInstall, removeModel, verifyModel } from "#inference/models/install/install.ts";
import { readInstallRecord } from "#inference/models/install/install-record.ts";
import { listModelFolders, readModelFolder } from "#inference/models/model-folder.ts";
import { DEFAULT_PICTURES, optimizeModel } from "#inference/models/optimize/optimize.ts";

const USAGE = `usage: npm run models -- list
       npm run models -- catalogue
       npm run models -- install HUB/ID|FOLDER|FILE.zip [--yes] [--id NAME] [--revision REF] [--precision fp16]
       npm run models -- verify ID
       npm run models -- optimize ID [--pictures ${DEFAULT_PICTURES}]
       npm run models -- remove ID
Without --yes, install says what it would do. HF_TOKEN is used where it is set; MODELS_DIR is the folder (models).`;

const OPTIONS = {
  yes: { type: "boolean", default: false },
  id: { type: "string" },
  revision: { type: "string" },
  precision: { type: "string", default: "" },
  pictures: { type: "string", default: String(DEFAULT_PICTURES) },
} as const;

const MOST_PICTURES = 1_000;

class Usage extends Error {}

const { MODELS_DIR = "models", HF_TOKEN, HF_ENDPOINT = "https://huggingface.co" } = process.env;
const modelsDir = path.resolve(MODELS_DIR);
const say = (line: object) => console.log(JSON.stringify(line));

async function list(): Promise<void> {
  for (const id of await listModelFolders(modelsDir)) {
    const dir = path.join(modelsDir, id);
    try {
      const { className, bytes, nativeSizePx, recipe, encoderRecipes } = await readModelFolder(dir);
      const record = await readInstallRecord(dir);
      say({
        id,
        className,
        bytes,
        nativeSizePx,
        faster: fasterBy(recipe),
        lighter: Object.entries(encoderRecipes).flatMap(([part, recipe]) => (recipe?.weights ? [part] : [])),
        source: record?.source ?? null,
        licence: record?.licence ?? null,
      });
    } catch (error) {
      say({ id, failure: String(error) });
    }
  }
}

/** What is known to lie on the Hub, and which of it is here already. */
async function catalogue(): Promise<void> {
  const here = await Promise.all(
    (await listModelFolders(modelsDir)).map((id) => readInstallRecord(path.join(modelsDir, id))),
  );
  const installed = new Set(here.map((record) => record?.source));
  for (const { hubId, ...told } of readCatalogue())
    say({ hubId, ...told, installed: installed.has(`${HF_ENDPOINT}/${hubId}`) });
}

/** What its recipe was measured to give. */
const fasterBy = (recipe: Recipe | null) =>
  recipe && { attention: recipe.attention?.measured ?? null, int8: recipe.int8?.measured ?? null };

async function bring(from: string, values: ReturnType<typeof read>["values"]): Promise<void> {
  const precision = PRECISIONS.find((name) => name === values.precision);
  if (precision === undefined) throw new Usage(`--precision must be one of ${PRECISIONS.filter(Boolean).join(", ")}`);
  const options = {
    modelsDir,
    id: values.id,
    revision: values.revision,
    precision,
    token: HF_TOKEN,
    hubUrl: HF_ENDPOINT,
    trial: { env: process.env, threads: availableParallelism() },
  };
  if (!values.yes) {
    say(await planInstall(from, options));
    console.error("Nothing was done yet. Add --yes to install it.");
    return;
  }
  let told = 0;
  const { files, ...record } = await install(from, options, (progress) => {
    if (progress.kind === "trying") console.error("All there. Opening it for the first time, in a process of its own.");
    else if (progress.done - told > progress.of / 20) {
      told = progress.done;
      console.error(`${Math.round((100 * progress.done) / progress.of)} % of ${progress.of} bytes`);
    }
  });
  say({ ...record, files: Object.keys(files).length });
}

async function verify(id: string): Promise<void> {
  const problems = await verifyModel(modelsDir, id);
  for (const problem of problems) say({ id, ...problem });
  say({ id, sound: problems.length === 0 });
  if (problems.length > 0) process.exitCode = 1;
}

/** Paints, and finds whether eight bits a number do as well as floats, and faster. */
async function optimize(id: string, asked: string): Promise<void> {
  const pictures = Number(asked);
  if (!Number.isInteger(pictures) || pictures < 1 || pictures > MOST_PICTURES)
    throw new Usage(`--pictures must be 1 to ${MOST_PICTURES}`);
  const folder = await readModelFolder(modelDir(modelsDir, id));
  const onProgress = (painted: number, of: number) => console.error(`${painted} of ${of} pictures painted`);
  const verdict = await optimizeModel(folder, { pictures, threads: availableParallelism(), onProgress });
  say({ id, ...verdict });
  const isLighter = verdict.encoders.some(({ shortOf }) => shortOf.length === 0);
  if (verdict.shortOf.length > 0 && !verdict.attention && !isLighter) process.exitCode = 1;
}

const read = () => parseArgs({ allowPositionals: true, options: OPTIONS });

async function main(): Promise<void> {
  const { values, positionals } = read();
  const [verb = "", what, ...more] = positionals;
  if (more.length > 0 || ["list", "catalogue"].includes(verb) !== (what === undefined)) throw new Usage(USAGE);
  if (verb === "list") return list();
  if (verb === "catalogue") return catalogue();
  if (verb === "install") return bring(what!, values);
  if (verb === "verify") return verify(what!);
  if (verb === "optimize") return optimize(what!, values.pictures);
  if (verb === "remove") return removeModel(modelsDir, what!, DEFAULT_MODEL);
  throw new Usage(USAGE);
}

main().catch((error: unknown) => {
  if (error instanceof Usage || (error as { code?: string }).code?.startsWith("ERR_PARSE_ARGS"))
    console.error(`${(error as Error).message}`);
  else if (isAriaError(error) && error.code === "INVALID") console.error(`${error.facts.field}: ${error.facts.reason}`);
  else if (isAriaError(error) && error.code === "CONFLICT") console.error(error.facts.reason);
  else if (isAriaError(error) && error.code === "UNAVAILABLE")
    console.error(`${error.facts.reason ?? ""} What was brought so far is kept: the same command goes on from it.`);
  else if (isAriaError(error) && error.code === "NOT_FOUND")
    console.error(`There is no model called ${error.facts.id}.`);
  else console.error(error);
  process.exit(error instanceof Usage || isAriaError(error) ? 2 : 1);
});

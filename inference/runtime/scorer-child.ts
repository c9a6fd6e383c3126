/**
 * The scorer child: looks at finished pictures in a process of its own, so that they never wait behind a painting.
 * Forked by scorer-client.ts; takes one request after the other; ends when its parent does.
 */
import { existsSync, statSync } from "node:fs";
import path from "node:path";
import { readModelFolder } from "#inference/models/model-folder.ts";
import { AESTHETIC_FILE } from "#inference/scoring/critics/aesthetic.ts";
import { SAFETY_FILE } from "#inference/scoring/safety-checker.ts";
import { openScorer, type Scorer } from "#inference/scoring/scorer.ts";
import type { FromScorer, ScorerSettings, ToScorer } from "./scorer-messages.ts";
import { tryProviders } from "./session.ts";
import { tell } from "./told-error.ts";

const settings: ScorerSettings = JSON.parse(process.env.SCORER_SETTINGS ?? "{}");
// A picture is looked at in milliseconds: the painter has the better device.
tryProviders([]);
const installed = {
  aesthetic: path.join(settings.modelsDir, AESTHETIC_FILE),
  safety: path.join(settings.modelsDir, SAFETY_FILE),
};
const scorers = new Map<string, { readonly print: string; readonly scorer: Promise<Scorer> }>();
const send = (message: FromScorer) => void process.send?.(message);

/** Opened once, and again when its files are others. */
async function scorerOf(modelId: string): Promise<Scorer> {
  const dir = path.join(settings.modelsDir, modelId);
  const print = [
    "scorer/model.onnx",
    "lexicon.json",
    "model_index.json",
    path.join("..", AESTHETIC_FILE),
    path.join("..", SAFETY_FILE),
  ]
    .map((name) => timeOf(path.join(dir, name)))
    .join();
  const known = scorers.get(modelId);
  if (known?.print === print) return known.scorer;
  const scorer = readModelFolder(dir, modelId).then((folder) => openScorer(folder, settings.threads, installed));
  scorers.set(modelId, { print, scorer });
  scorer.catch(() => scorers.delete(modelId));
  await (await known?.scorer.catch(() => null))?.release();
  return scorer;
}

const timeOf = (file: string): number => (existsSync(file) ? statSync(file).mtimeMs : 0);

async function judge({ id, modelId, theme, pictures }: ToScorer): Promise<void> {
  try {
    const judgements = await (await scorerOf(modelId)).judge(theme, pictures);
    send({ type: "judged", id, judgements });
  } catch (error) {
    send({ type: "failed", id, ...tell(error) });
  }
}

let turn = Promise.resolve();
process.on("message", (request: ToScorer) => {
  turn = turn.then(() => judge(request));
});
process.on("disconnect", () => process.exit(0));
// Ctrl-C reaches the whole group; the parent decides when its children go.
process.on("SIGINT", () => {});

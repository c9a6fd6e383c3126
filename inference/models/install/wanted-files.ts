/** Which files of a repository, folder or archive make a model, of all that lies there. */
import type { InstallPlan, Precision } from "#contracts/models.ts";
import { GRAPH_FILE } from "#inference/models/model-parts.ts";
import { refusal } from "./refusal.ts";

export type Listed = InstallPlan["files"][number];

const PARTS = [
  "text_encoder",
  "text_encoder_2",
  "unet",
  "vae_decoder",
  "vae_encoder",
  "tiny_decoder",
  "label_heads",
  "scorer",
  "upscaler",
];
const NEEDED = ["text_encoder", "unet", "vae_decoder"];
const NEEDED_FILES = ["scheduler/scheduler_config.json", "tokenizer/tokenizer_config.json"];
const TOKENIZERS = ["tokenizer", "tokenizer_2"];
const LARGEST_TEXT = 64 * 1024 * 1024;

/** Throws INVALID where it is no model Aria can paint with. */
export function wantedFiles(listed: readonly Listed[], precision: Precision): Listed[] {
  for (const { path: at } of listed) refuseOddName(at);
  const names = new Set(listed.map((file) => file.path));
  if (!names.has("model_index.json"))
    throw refusal("source", "must be a model in the diffusers layout: it has no model_index.json");
  const isOf = (folder: string, at: string) => at.startsWith(`${folder}/`) || at.startsWith(`onnx/${folder}/`);
  if (listed.some((file) => isOf("transformer", file.path)))
    throw refusal(
      "source",
      "paints with a transformer (SD3, FLUX or their like); this engine paints with U-Nets alone so far",
    );
  const graphs = new Map(
    PARTS.map((part) => [
      part,
      graphOf(
        listed.filter((file) => isOf(part, file.path)),
        precision,
      ),
    ]),
  );
  for (const part of NEEDED)
    if (!graphs.get(part))
      throw refusal(
        "source",
        `must have an ONNX export${precision && ` in ${precision}`}: ${part}/model.onnx is missing`,
      );
  for (const file of NEEDED_FILES)
    if (!names.has(file) && !names.has(`onnx/${file}`)) throw refusal("source", `must be whole: ${file} is missing`);
  const wanted = listed.filter((file) => {
    const { path: at } = file;
    if (["model_index.json", "aria.json", "lexicon.json", "scheduler/scheduler_config.json"].includes(at)) return true;
    if (TOKENIZERS.some((folder) => isOf(folder, at))) return /\.(json|txt)$/.test(at);
    const part = PARTS.find((name) => isOf(name, at));
    if (!part) return false;
    const graph = graphs.get(part);
    return graph !== undefined && (/\/(config|labels)\.json$/.test(at) || at === graph || isWeightsOf(graph, at));
  });
  for (const { path: at, bytes } of wanted)
    if (/\.(json|txt)$/.test(at) && bytes > LARGEST_TEXT) throw refusal(at, "must be at most 64 MB");
  return wanted;
}

function graphOf(files: readonly Listed[], precision: Precision): string | undefined {
  const wanted = precision ? `model_${precision}.onnx` : "model.onnx";
  const graphs = files
    .map((file) => file.path)
    .filter((at) => GRAPH_FILE.test(at.split("/").at(-1)!) && at.split("/").length <= 3);
  return (
    graphs.find((at) => at.endsWith(`/${wanted}`)) ??
    (precision ? undefined : graphs.sort((a, b) => a.length - b.length)[0])
  );
}

/** External data beside its graph: model.onnx_data, model.onnx.data, weights.pb and numbered shards of them. */
function isWeightsOf(graph: string, at: string): boolean {
  const folder = graph.slice(0, graph.lastIndexOf("/") + 1);
  if (!at.startsWith(folder) || at.slice(folder.length).includes("/")) return false;
  const name = at.slice(folder.length);
  return (
    name.startsWith(`${graph.slice(folder.length)}_data`) ||
    name.startsWith(`${graph.slice(folder.length)}.data`) ||
    name === "weights.pb"
  );
}

function refuseOddName(at: string): void {
  const isOdd =
    at.startsWith("/") || /[\\:\0]/.test(at) || at.split("/").some((piece) => piece === ".." || piece === "");
  if (isOdd) throw refusal("source", `must keep to its own folder: "${at.slice(0, 100)}" leads out of it`);
}

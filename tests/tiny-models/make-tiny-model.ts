/**
 * A whole diffusers folder of a few kB: real sessions on real graphs, though what they paint is only stripes and noise.
 * Faults are real ones: a U-Net that gives NaN, a decoder that gives one colour, a file cut short.
 */
import { mkdirSync, truncateSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type Constant, type Graph, onnxFile } from "./onnx-file.ts";

const LETTERS = [..."abcdefghijklmnopqrstuvwxyz"];
const [START, END] = ["<|startoftext|>", "<|endoftext|>"];
const VOCABULARY = [...LETTERS, ...LETTERS.map((letter) => `${letter}</w>`), START, END];
const TOKENS = 8;
const DIM = 4;
const LATENT_CHANNELS = 4;
const CELL_PX = 8;
const PIXELS = 3 * CELL_PX * CELL_PX;

export type Fault = "nan" | "blank" | "truncated" | "missing";

/** Values that look like weights and are the same everywhere: a sine walked at an odd pace. */
const weights = (name: string, dims: readonly number[], size: number): Constant => ({
  name,
  dims,
  data: Float32Array.from(
    { length: dims.reduce((a, b) => a * b, 1) },
    (_, i) => size * Math.sin(i * 1.7 + name.length),
  ),
});
const scalar = (name: string, number: number): Constant => ({ name, dims: [1], data: Float32Array.of(number) });

const textEncoder: Graph = {
  constants: [weights("embedding", [VOCABULARY.length, DIM], 1)],
  inputs: [{ name: "input_ids", dtype: "int64", dims: ["batch", TOKENS] }],
  nodes: [
    { op: "Gather", inputs: ["embedding", "input_ids"], outputs: ["last_hidden_state"] },
    {
      op: "ReduceMean",
      inputs: ["last_hidden_state"],
      outputs: ["pooler_output"],
      attributes: { axes: [1], keepdims: 0 },
    },
  ],
  outputs: [
    { name: "last_hidden_state", dtype: "float", dims: ["batch", TOKENS, DIM] },
    { name: "pooler_output", dtype: "float", dims: ["batch", DIM] },
  ],
};

/** 0.1 · sample + mean(prompt) + 0.0001 · t: enough for prompt, step and seed to tell. */
const unet = (gain: number): Graph => ({
  constants: [scalar("gain", gain), scalar("pace", 0.0001)],
  inputs: [
    { name: "sample", dtype: "float", dims: ["batch", LATENT_CHANNELS, "height", "width"] },
    { name: "timestep", dtype: "float", dims: [1] },
    { name: "encoder_hidden_states", dtype: "float", dims: ["batch", TOKENS, DIM] },
  ],
  nodes: [
    { op: "Mul", inputs: ["sample", "gain"], outputs: ["damped"] },
    {
      op: "ReduceMean",
      inputs: ["encoder_hidden_states"],
      outputs: ["meant"],
      attributes: { axes: [1, 2], keepdims: 1 },
    },
    { op: "Mul", inputs: ["timestep", "pace"], outputs: ["late"] },
    { op: "Add", inputs: ["damped", "meant"], outputs: ["said"] },
    { op: "Add", inputs: ["said", "late"], outputs: ["out_sample"] },
  ],
  outputs: [{ name: "out_sample", dtype: "float", dims: ["batch", LATENT_CHANNELS, "height", "width"] }],
});

const vaeDecoder = (size: number): Graph => ({
  constants: [weights("kernel", [PIXELS, LATENT_CHANNELS, 1, 1], size)],
  inputs: [{ name: "latent_sample", dtype: "float", dims: ["batch", LATENT_CHANNELS, "height", "width"] }],
  nodes: [
    { op: "Conv", inputs: ["latent_sample", "kernel"], outputs: ["deep"] },
    { op: "DepthToSpace", inputs: ["deep"], outputs: ["flat"], attributes: { blocksize: CELL_PX } },
    { op: "Tanh", inputs: ["flat"], outputs: ["sample"] },
  ],
  outputs: [{ name: "sample", dtype: "float", dims: ["batch", 3, "rows", "columns"] }],
});

const vaeEncoder: Graph = {
  constants: [weights("kernel", [LATENT_CHANNELS, PIXELS, 1, 1], 0.05)],
  inputs: [{ name: "sample", dtype: "float", dims: ["batch", 3, "rows", "columns"] }],
  nodes: [
    { op: "SpaceToDepth", inputs: ["sample"], outputs: ["deep"], attributes: { blocksize: CELL_PX } },
    { op: "Conv", inputs: ["deep", "kernel"], outputs: ["latent_sample"] },
  ],
  outputs: [{ name: "latent_sample", dtype: "float", dims: ["batch", LATENT_CHANNELS, "height", "width"] }],
};

const LABELS = { scene: ["waves", "tree"], style: ["oil"], palette: ["natural"], time: ["day", "night"] } as const;
const labelHeads: Graph = {
  constants: Object.entries(LABELS).map(([kind, names]) => weights(`${kind}_head`, [DIM, names.length], 1)),
  inputs: [{ name: "pooled", dtype: "float", dims: ["batch", DIM] }],
  nodes: Object.keys(LABELS).map((kind) => ({ op: "MatMul", inputs: ["pooled", `${kind}_head`], outputs: [kind] })),
  outputs: Object.entries(LABELS).map(([name, names]) => ({ name, dtype: "float", dims: ["batch", names.length] })),
};

const added = (content: string) => ({
  id: VOCABULARY.indexOf(content),
  content,
  single_word: false,
  lstrip: false,
  rstrip: false,
  normalized: false,
  special: true,
});
const tokenizer = {
  version: "1.0",
  truncation: null,
  padding: null,
  added_tokens: [added(START), added(END)],
  normalizer: { type: "Lowercase" },
  pre_tokenizer: {
    type: "Split",
    pattern: { Regex: "[a-z]+" },
    behavior: "Removed",
    invert: true,
  },
  post_processor: {
    type: "RobertaProcessing",
    sep: [END, VOCABULARY.indexOf(END)],
    cls: [START, VOCABULARY.indexOf(START)],
    trim_offsets: false,
    add_prefix_space: false,
  },
  decoder: { type: "ByteLevel", add_prefix_space: true, trim_offsets: true, use_regex: true },
  model: {
    type: "BPE",
    dropout: null,
    unk_token: END,
    continuing_subword_prefix: "",
    end_of_word_suffix: "</w>",
    fuse_unk: false,
    byte_fallback: false,
    vocab: Object.fromEntries(VOCABULARY.map((token, id) => [token, id])),
    merges: [],
  },
};

const SCHEDULER = {
  _class_name: "DPMSolverMultistepScheduler",
  num_train_timesteps: 1000,
  beta_start: 0.00085,
  beta_end: 0.012,
  beta_schedule: "scaled_linear",
  prediction_type: "v_prediction",
  timestep_spacing: "trailing",
};
const ARIA = {
  title: "Tiny",
  nativeSize: 64,
  defaultSteps: 4,
  defaultGuidance: 3,
  underpainting: { defaultStrength: 0.75 },
  vocabulary: { style: ["watercolor"] },
};

/** Writes the folder `dir`; its name is the model's id. */
export function makeTinyModel(dir: string, fault?: Fault): string {
  const write = (file: string, content: Uint8Array | object) => {
    const at = path.join(dir, file);
    mkdirSync(path.dirname(at), { recursive: true });
    writeFileSync(at, content instanceof Uint8Array ? content : JSON.stringify(content));
    return at;
  };
  write("model_index.json", { _class_name: "StableDiffusionPipeline" });
  write("aria.json", ARIA);
  write("scheduler/scheduler_config.json", SCHEDULER);
  write("tokenizer/tokenizer.json", tokenizer);
  write("tokenizer/tokenizer_config.json", { model_max_length: TOKENS, eos_token: END, pad_token: END });
  write("text_encoder/model.onnx", onnxFile(textEncoder));
  write("unet/config.json", { in_channels: LATENT_CHANNELS });
  if (fault !== "missing") {
    const file = write("unet/model.onnx", onnxFile(unet(fault === "nan" ? Number.NaN : 0.1)));
    if (fault === "truncated") truncateSync(file, 100);
  }
  write("vae_decoder/config.json", { block_out_channels: [4, 4, 4, 4], scaling_factor: 0.5 });
  write("vae_decoder/model.onnx", onnxFile(vaeDecoder(fault === "blank" ? 0 : 0.8)));
  write("vae_encoder/model.onnx", onnxFile(vaeEncoder));
  write("label_heads/model.onnx", onnxFile(labelHeads));
  write("label_heads/labels.json", LABELS);
  return dir;
}

/** CLIP's tokenizer as a model folder brings it: tokenizer.json, or the vocab.json and merges.txt it is made from. */
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { Tokenizer } from "@huggingface/tokenizers";
import { z } from "zod";

const Token = z.union([z.string(), z.object({ content: z.string() }).transform(({ content }) => content)]);
const Config = z.looseObject({
  model_max_length: z.number().default(77),
  bos_token: Token.default("<|startoftext|>"),
  eos_token: Token.default("<|endoftext|>"),
  unk_token: Token.default("<|endoftext|>"),
  pad_token: Token.optional(),
});
type Config = z.infer<typeof Config>;

/** CLIP's position table. */
const CLIP_MAX_LENGTH = 77;

export interface ClipTokenizer {
  /** Ids of a text, without begin, end or padding. */
  idsOf(text: string): number[];
  readonly bos: number;
  readonly eos: number;
  readonly pad: number;
  /** Tokens of one pass through the text encoder, begin and end included. */
  readonly length: number;
}

export async function loadTokenizer(dir: string): Promise<ClipTokenizer> {
  const read = async (name: string) => JSON.parse(await readFile(path.join(dir, name), "utf8"));
  const rawConfig = await read("tokenizer_config.json");
  // SD 2.x pads with "!", and says so in the older file alone; transformers lets that one win.
  const older = existsSync(path.join(dir, "special_tokens_map.json")) ? await read("special_tokens_map.json") : {};
  const config = Config.parse({ ...rawConfig, ...older });
  const json = existsSync(path.join(dir, "tokenizer.json"))
    ? await read("tokenizer.json")
    : await fromSlowFiles(dir, config);
  const tokenizer = new Tokenizer(json, rawConfig);
  const idOf = (token: string) => {
    const id = tokenizer.token_to_id(token);
    if (id === undefined) throw new Error(`${dir}: ${token} is not in the vocabulary`);
    return id;
  };
  return {
    idsOf: (text) => tokenizer.encode(text, { add_special_tokens: false }).ids,
    bos: idOf(config.bos_token),
    eos: idOf(config.eos_token),
    pad: idOf(config.pad_token ?? config.eos_token),
    // Some files say 10^30 for "no limit".
    length: Math.min(config.model_max_length, CLIP_MAX_LENGTH),
  };
}

/** One pass: begin, at most `length` - 2 ids, end, padding. */
export function padded({ bos, eos, pad, length }: ClipTokenizer, ids: readonly number[]): number[] {
  const cut = [bos, ...ids.slice(0, length - 2), eos];
  return [...cut, ...Array.from({ length: length - cut.length }, () => pad)];
}

/** As transformers' CLIPConverter makes tokenizer.json of the older files (convert_slow_tokenizer.py, 4.57). */
async function fromSlowFiles(dir: string, { bos_token, eos_token, unk_token, pad_token }: Config): Promise<object> {
  const vocab: Record<string, number> = JSON.parse(await readFile(path.join(dir, "vocab.json"), "utf8"));
  const lines = (await readFile(path.join(dir, "merges.txt"), "utf8")).split("\n");
  const merges = lines
    .filter((line) => line.trim() && !line.startsWith("#version"))
    .map((line) => line.trim().split(" "));
  const special = [...new Set([bos_token, eos_token, pad_token ?? eos_token])].map((content) => ({
    id: vocab[content],
    content,
    single_word: false,
    lstrip: false,
    rstrip: false,
    normalized: false,
    special: true,
  }));
  const words = "'s|'t|'re|'ve|'m|'ll|'d|[\\p{L}]+|[\\p{N}]|[^\\s\\p{L}\\p{N}]+";
  return {
    version: "1.0",
    truncation: null,
    padding: null,
    added_tokens: special,
    normalizer: {
      type: "Sequence",
      normalizers: [
        { type: "NFC" },
        { type: "Replace", pattern: { Regex: "\\s+" }, content: " " },
        { type: "Lowercase" },
      ],
    },
    pre_tokenizer: {
      type: "Sequence",
      pretokenizers: [
        { type: "Split", pattern: { Regex: words }, behavior: "Removed", invert: true },
        { type: "ByteLevel", add_prefix_space: false, trim_offsets: true, use_regex: true },
      ],
    },
    post_processor: {
      type: "RobertaProcessing",
      sep: [eos_token, vocab[eos_token]],
      cls: [bos_token, vocab[bos_token]],
      trim_offsets: false,
      add_prefix_space: false,
    },
    decoder: { type: "ByteLevel", add_prefix_space: true, trim_offsets: true, use_regex: true },
    model: {
      type: "BPE",
      dropout: null,
      unk_token,
      continuing_subword_prefix: "",
      end_of_word_suffix: "</w>",
      fuse_unk: false,
      byte_fallback: false,
      vocab,
      merges,
    },
  };
}

/** CLIP's tokenizer as a model folder brings it: tokenizer.json, cut and padded here to the text encoder's length. */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { Tokenizer } from "@huggingface/tokenizers";
import { z } from "zod";

const Token = z.union([z.string(), z.object({ content: z.string() }).transform(({ content }) => content)]);
const Config = z.looseObject({
  model_max_length: z.number().default(77),
  pad_token: Token.optional(),
  eos_token: Token.default("<|endoftext|>"),
});

const CLIP_MAX_LENGTH = 77;

/** Token ids of one prompt, [length]; begins with BOS, ends with EOS, padded. */
export type Encode = (prompt: string) => number[];

export async function loadTokenizer(dir: string): Promise<Encode> {
  const [json, rawConfig] = await Promise.all(
    ["tokenizer.json", "tokenizer_config.json"].map(async (name) =>
      JSON.parse(await readFile(path.join(dir, name), "utf8")),
    ),
  );
  const config = Config.parse(rawConfig);
  const tokenizer = new Tokenizer(json, rawConfig);
  // Some files say 10^30 for "no limit"; CLIP's position table has 77 rows.
  const length = Math.min(config.model_max_length, CLIP_MAX_LENGTH);
  const eos = tokenizer.token_to_id(config.eos_token);
  const pad = tokenizer.token_to_id(config.pad_token ?? config.eos_token);
  if (eos === undefined || pad === undefined) throw new Error(`${dir}: the end token is not in the vocabulary`);
  return (prompt) => {
    const { ids } = tokenizer.encode(prompt);
    const cut = ids.length > length ? [...ids.slice(0, length - 1), eos] : ids;
    return [...cut, ...Array.from({ length: length - cut.length }, () => pad)];
  };
}

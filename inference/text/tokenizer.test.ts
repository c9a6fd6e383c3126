import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, it } from "vitest";
import { loadTokenizer, padded } from "./tokenizer.ts";

const dir = mkdtempSync(path.join(tmpdir(), "aria-tokenizer-"));
afterAll(() => rmSync(dir, { recursive: true }));
const GOLDEN = path.resolve("tests/golden/pipelines/sd15/tokenizer");

it("cuts and pads to the length of one pass", async () => {
  const tokenizer = await loadTokenizer(GOLDEN);
  const ids = padded(
    tokenizer,
    Array.from({ length: 100 }, () => 5),
  );
  expect(ids).toHaveLength(77);
  expect([ids[0], ids.at(-1)]).toEqual([tokenizer.bos, tokenizer.eos]);
  expect(padded(tokenizer, [5]).slice(2)).toEqual(Array.from({ length: 75 }, () => tokenizer.pad));
});

it("pads as special_tokens_map.json says, which SD 2.x says it in alone", async () => {
  const older = path.join(dir, "sd2");
  cpSync(GOLDEN, older, { recursive: true });
  const map = JSON.parse(readFileSync(path.join(older, "special_tokens_map.json"), "utf8"));
  writeFileSync(path.join(older, "special_tokens_map.json"), JSON.stringify({ ...map, pad_token: "!" }));
  const vocabulary = JSON.parse(readFileSync(path.join(older, "vocab.json"), "utf8"));
  expect((await loadTokenizer(older)).pad).toBe(vocabulary["!"]);
});

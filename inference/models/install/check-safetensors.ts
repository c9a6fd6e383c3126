/**
 * safetensors (huggingface/safetensors, format 0.6): eight bytes of length, a JSON header of that length, data. A pickle
 * under that name has neither, and a header that lies about its length is refused before it is read.
 */
import { z } from "zod";
import { refusal } from "./refusal.ts";

const LONGEST_HEADER = 100_000_000;
const Offsets = z.tuple([z.int().min(0), z.int().min(0)]);
const Header = z.record(
  z.string(),
  z.union([
    z.object({ dtype: z.string(), shape: z.array(z.int().min(0)), data_offsets: Offsets }),
    z.record(z.string(), z.string()),
  ]),
);

/** `head` gives the first bytes of the file called `name`, `size` bytes long. Throws INVALID. */
export async function checkSafetensors(
  name: string,
  size: number,
  head: (bytes: number) => Promise<Buffer>,
): Promise<void> {
  if (size < 10) throw refusal(name, "is no safetensors file: it has no header");
  const length = Number((await head(8)).readBigUInt64LE());
  if (length > Math.min(LONGEST_HEADER, size - 8))
    throw refusal(name, `is no safetensors file: its header claims ${length} bytes of ${size - 8}`);
  const header = Header.safeParse(jsonOf((await head(8 + length)).subarray(8).toString("utf8")));
  if (!header.success) throw refusal(name, "is no safetensors file: its header is not the format's JSON");
  const room = size - 8 - length;
  for (const [tensor, said] of Object.entries(header.data)) {
    if (!("data_offsets" in said)) continue;
    const [begin, end] = said.data_offsets as [number, number];
    if (begin > end || end > room) throw refusal(name, `"${tensor}" lies outside its data`);
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Where the parts of a model lie: the diffusers layout, and the variants that are met in the field. */
import { existsSync, readdirSync } from "node:fs";
import path from "node:path";

/** Some repositories keep their ONNX files in a folder of their own, some name them by precision. */
const PREFIXES = ["", "onnx"];
export const GRAPH_FILE = /^model(_fp16|_fp32|_quantized|_q4f16|_q4)?\.onnx$/;

/** The ONNX file of a part, `unet` say; null where the model has none. Of several precisions the plain file is taken. */
export function findPart(dir: string, part: string): string | null {
  for (const prefix of PREFIXES) {
    const folder = path.join(dir, prefix, part);
    if (!existsSync(folder)) continue;
    const [file] = readdirSync(folder)
      .filter((name) => GRAPH_FILE.test(name))
      .sort((a, b) => a.length - b.length || a.localeCompare(b));
    if (file) return path.join(folder, file);
  }
  return null;
}

/** The folder of a part that is no ONNX file, or its config.json's. */
export function findFolder(dir: string, part: string): string {
  return PREFIXES.map((prefix) => path.join(dir, prefix, part)).find((at) => existsSync(at)) ?? path.join(dir, part);
}

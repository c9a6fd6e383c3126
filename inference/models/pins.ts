/** Which models their owner wants at hand, written down so that a restart does not forget it. */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { ModelId } from "#contracts/generation.ts";

const Pins = z.array(ModelId);

/** None where the file is missing or damaged: nobody is kept from painting by it. */
export function readPins(file: string): string[] {
  try {
    return existsSync(file) ? Pins.parse(JSON.parse(readFileSync(file, "utf8"))) : [];
  } catch {
    return [];
  }
}

export function writePins(file: string, ids: readonly string[]): void {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(`${file}.part`, JSON.stringify(ids));
  renameSync(`${file}.part`, file);
}

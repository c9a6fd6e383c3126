/** Which models their owner wants at hand, written down so that a restart does not forget it. */
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
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
  // Of several engines each writes its own.
  const partial = `${file}.${process.pid}`;
  writeFileSync(partial, JSON.stringify(ids));
  renameSync(partial, file);
}

/** Counts how often something was begun and never ended, over the deaths of the process that did it. */
export class Attempt {
  readonly #file: string;

  constructor(file: string) {
    this.#file = file;
  }

  /** How often it was begun in a row, this time included. */
  begin(): number {
    const before = existsSync(this.#file) ? Number(readFileSync(this.#file, "utf8")) || 0 : 0;
    mkdirSync(path.dirname(this.#file), { recursive: true });
    writeFileSync(this.#file, String(before + 1));
    return before + 1;
  }

  end(): void {
    rmSync(this.#file, { force: true });
  }
}

/** Reads here and there in a file that may be larger than memory. */
import { closeSync, fstatSync, openSync, readSync } from "node:fs";

const CHUNK = 65_536;

export class FileCursor implements Disposable {
  readonly size: number;
  readonly #handle: number;
  #chunk = Buffer.alloc(0);
  #chunkAt = 0;

  constructor(file: string) {
    this.#handle = openSync(file, "r");
    this.size = fstatSync(this.#handle).size;
  }

  /** `length` bytes from `at`; throws RangeError beyond the end. */
  read(at: number, length: number): Buffer {
    if (at < 0 || length < 0 || at + length > this.size)
      throw new RangeError(`${length} bytes at ${at} of ${this.size}`);
    const inChunk = at >= this.#chunkAt && at + length <= this.#chunkAt + this.#chunk.length;
    if (!inChunk) {
      const buffer = Buffer.alloc(Math.max(length, Math.min(CHUNK, this.size - at)));
      const count = readSync(this.#handle, buffer, 0, buffer.length, at);
      this.#chunk = buffer.subarray(0, count);
      this.#chunkAt = at;
    }
    return this.#chunk.subarray(at - this.#chunkAt, at - this.#chunkAt + length);
  }

  [Symbol.dispose](): void {
    closeSync(this.#handle);
  }
}

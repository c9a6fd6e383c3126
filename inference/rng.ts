/**
 * The noise of torch's CPU generator, so that a seed paints what it paints in the reference implementation.
 * mt19937: Matsumoto & Nishimura 1998. Normals: ATen/native/cpu/DistributionTemplates.h (normal_fill: Box-Muller in
 * blocks of 16 float32 uniforms of 24 bits) and, below 16 values, ATen/core/DistributionsHelper.h (53-bit doubles).
 */
import type { Tensor } from "./tensor.ts";

const WORDS = 624;
const SHIFT = 397;
const BLOCK = 16;

/** All that the next number depends on; plain data. */
export interface GeneratorState {
  readonly words: Uint32Array;
  readonly next: number;
  readonly spare: number | null;
}

export class TorchGenerator {
  readonly #state = new Uint32Array(WORDS);
  #next = WORDS;
  /** The second normal of the last Box-Muller pair; only the path below 16 values keeps one. */
  #spare: number | null = null;

  /** `seed` is an unsigned 32-bit whole number. */
  constructor(seed: number) {
    this.#state[0] = seed;
    for (let i = 1; i < WORDS; i++) {
      const before = this.#state[i - 1]!;
      this.#state[i] = Math.imul(1_812_433_253, before ^ (before >>> 30)) + i;
    }
  }

  get state(): GeneratorState {
    return { words: this.#state.slice(), next: this.#next, spare: this.#spare };
  }

  set state({ words, next, spare }: GeneratorState) {
    this.#state.set(words);
    this.#next = next;
    this.#spare = spare;
  }

  /** Standard normal values, as `torch.randn(dims, generator=...)` in float32. */
  randn(dims: readonly number[]): Tensor {
    const count = dims.reduce((product, dim) => product * dim, 1);
    const data = new Float32Array(count);
    if (count < BLOCK) {
      for (let i = 0; i < count; i++) data[i] = this.#normalDouble();
      return { data, dims };
    }
    this.#fillUniform(data);
    for (let start = 0; start + BLOCK <= count; start += BLOCK) boxMuller(data.subarray(start, start + BLOCK));
    if (count % BLOCK !== 0) {
      // The reference redraws the last 16 values whole, those already made included.
      const tail = data.subarray(count - BLOCK);
      this.#fillUniform(tail);
      boxMuller(tail);
    }
    return { data, dims };
  }

  #fillUniform(data: Float32Array): void {
    for (let i = 0; i < data.length; i++) data[i] = (this.#uint32() & 0xff_ff_ff) / 2 ** 24;
  }

  #normalDouble(): number {
    if (this.#spare !== null) {
      const spare = this.#spare;
      this.#spare = null;
      return spare;
    }
    const theta = 2 * Math.PI * this.#uniformDouble();
    const radius = Math.sqrt(-2 * Math.log1p(-this.#uniformDouble()));
    this.#spare = radius * Math.sin(theta);
    return radius * Math.cos(theta);
  }

  /** 53 bits: the low 21 of the first word above the 32 of the second. */
  #uniformDouble(): number {
    const high = this.#uint32() & 0x1f_ff_ff;
    return (high * 2 ** 32 + this.#uint32()) / 2 ** 53;
  }

  #uint32(): number {
    if (this.#next === WORDS) this.#twist();
    let y = this.#state[this.#next++]!;
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d_2c_56_80;
    y ^= (y << 15) & 0xef_c6_00_00;
    return (y ^ (y >>> 18)) >>> 0;
  }

  #twist(): void {
    const state = this.#state;
    for (let i = 0; i < WORDS; i++) {
      const y = (state[i]! & 0x80_00_00_00) | (state[(i + 1) % WORDS]! & 0x7f_ff_ff_ff);
      state[i] = state[(i + SHIFT) % WORDS]! ^ (y >>> 1) ^ (y & 1 ? 0x99_08_b0_df : 0);
    }
    this.#next = 0;
  }
}

/** Turns 16 uniforms into 16 normals in place: value j pairs with value j + 8. */
function boxMuller(block: Float32Array): void {
  for (let j = 0; j < BLOCK / 2; j++) {
    const radius = Math.sqrt(-2 * Math.log(1 - block[j]!));
    const theta = 2 * Math.PI * block[j + BLOCK / 2]!;
    block[j] = radius * Math.cos(theta);
    block[j + BLOCK / 2] = radius * Math.sin(theta);
  }
}

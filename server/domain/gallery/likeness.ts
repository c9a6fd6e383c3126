/** Embeddings of one model's pictures, side by side in one array, and the nearest of them by their dot products. */
export class Likeness {
  readonly #ids: string[] = [];
  readonly #places = new Map<string, number>();
  #rows = new Float32Array(0);
  #width = 0;

  has(id: string): boolean {
    return this.#places.has(id);
  }

  /** `embedding`: of unit length, as long as the first that came. Throws RangeError for one that is not. */
  add(id: string, embedding: Float32Array): void {
    if (this.has(id)) return;
    if (this.#width === 0) this.#width = embedding.length;
    if (embedding.length !== this.#width)
      throw new RangeError(`an embedding of ${embedding.length}, not ${this.#width}`);
    const at = this.#ids.length * this.#width;
    if (at === this.#rows.length) {
      const wider = new Float32Array(Math.max(64 * this.#width, 2 * at));
      wider.set(this.#rows);
      this.#rows = wider;
    }
    this.#rows.set(embedding, at);
    this.#places.set(id, this.#ids.length);
    this.#ids.push(id);
  }

  /** Those nearest to one of them by cosine, nearest first, without itself. Throws RangeError where it is not there. */
  nearest(id: string, count: number): string[] {
    const place = this.#places.get(id);
    if (place === undefined) throw new RangeError(`${id} is not among them`);
    const query = this.#rows.slice(place * this.#width, (place + 1) * this.#width);
    return this.#best(this.#scores(query, false), count + 1)
      .filter((other) => other !== id)
      .slice(0, count);
  }

  /** Those that show most of a direction over the positive parts of an embedding, most first. */
  showing(direction: Float32Array, count: number): string[] {
    return direction.length === this.#width ? this.#best(this.#scores(direction, true), count) : [];
  }

  #scores(query: Float32Array, positive: boolean): Float32Array {
    const [width, rows] = [this.#width, this.#rows];
    const scores = new Float32Array(this.#ids.length);
    for (let i = 0; i < scores.length; i++) {
      let sum = 0;
      for (let k = 0; k < width; k++) {
        const value = rows[i * width + k]!;
        sum += query[k]! * (positive && value < 0 ? 0 : value);
      }
      scores[i] = sum;
    }
    return scores;
  }

  /** By selection at the threshold, so that a hundred thousand are not sorted for the first few hundred. */
  #best(scores: Float32Array, count: number): string[] {
    const threshold = scores.length > count ? scores.slice().sort()[scores.length - count]! : -Infinity;
    const places = [...scores.keys()].filter((i) => scores[i]! >= threshold);
    return places
      .sort((a, b) => scores[b]! - scores[a]!)
      .slice(0, count)
      .map((i) => this.#ids[i]!);
  }
}
